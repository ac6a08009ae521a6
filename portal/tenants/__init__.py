"""Organisations (tenants), their hosts, the schema template and provisioning. Lives in `public`."""
