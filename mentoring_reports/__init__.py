"""The mentoring-reports plugin. It knows neither `portal` nor `schools`."""
