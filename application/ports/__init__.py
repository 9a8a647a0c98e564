"""What the use cases need from the outside world, one role a file. The docstrings are the contract the tests check."""
