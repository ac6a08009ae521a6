"""The screens of workbooks."""
