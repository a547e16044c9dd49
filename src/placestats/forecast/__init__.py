"""What is to be expected next, and how sure that is: one method a file."""
