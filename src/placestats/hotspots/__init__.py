"""Where crime gathers: one method a file."""
