"""What is recorded on paper: the sheet's codes, and typing it in."""
