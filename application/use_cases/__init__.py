"""One use case a file: a frozen class with one ``__call__``."""
