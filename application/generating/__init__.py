"""From an accepted request to a delivered result."""
