"""Wishes: what a person asks for before a model is chosen, and the models offered for it."""
