"""The municipality's own pages: home and directory of schools. Lives in each tenant's schema."""
