"""The card: one message in which a person fills in a model's parameters."""
