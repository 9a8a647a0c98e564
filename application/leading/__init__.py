"""Which instance acts: leadership and its duties."""
