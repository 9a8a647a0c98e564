"""What inputs cost."""
