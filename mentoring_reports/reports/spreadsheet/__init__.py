"""A round's form as a spreadsheet: out with the draft in it, back in with a preview, found again by codes."""
