"""A roadmap through its year: each time of an activity, ticked, reminded of, on the board and on the timeline."""
