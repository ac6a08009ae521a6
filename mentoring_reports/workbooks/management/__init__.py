"""Commands of the workbooks."""
