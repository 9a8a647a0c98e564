"""What a person told us once and for all."""
