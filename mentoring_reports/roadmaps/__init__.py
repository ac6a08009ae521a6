"""A school's roadmaps: sections, activities, deadlines. Tenant schema."""
