"""Settings: `base` is shared by `dev`, `test` and `production`."""
