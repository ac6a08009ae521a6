"""Another portal with the plugin: its own tenant app, nothing of `portal` and `schools`. See `test_other_portal`."""
