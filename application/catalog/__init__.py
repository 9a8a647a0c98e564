"""What models there are, what they take and whether an input is valid."""
