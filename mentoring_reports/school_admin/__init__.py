"""What the admin screens of a school's register and roadmap have in common."""
