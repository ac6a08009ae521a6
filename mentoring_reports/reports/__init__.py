"""A school's draft of a report: counting, the form, submitting. Tenant schema."""
