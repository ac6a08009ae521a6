"""What schools are told by mail and when: texts and days that the municipality edits."""
