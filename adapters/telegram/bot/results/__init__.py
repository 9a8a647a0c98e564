"""How results and progress go out, and what can be done with them then."""
