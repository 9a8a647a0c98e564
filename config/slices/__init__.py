"""The object graph, written in slices: each is a class that inherits what it builds on, and all of them are one container."""
