"""A school's register: people, mentorships, plans, meetings, training, consents. Tenant schema."""
