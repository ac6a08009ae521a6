"""Starting a roadmap from a template that the municipality offers. Tenant schema."""
