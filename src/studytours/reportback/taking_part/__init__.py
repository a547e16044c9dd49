"""What people say on a tour's public page: how the area feels, and what only the office reads."""
