"""What a person reported to us once and for all."""
