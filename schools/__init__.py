"""A school's website: page types, blocks and appearance. Lives in each tenant's schema."""
