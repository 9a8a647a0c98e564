"""The one error of the package."""


class EmbeddedPostgresError(Exception):
    """The server can't be had. The message says what is missing and what to do about it, for a person."""
