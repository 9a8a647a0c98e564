"""A PostgreSQL server of our own, for the demo, the tests and small installations."""

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.embedded_postgres.running import EmbeddedServer
from adapters.embedded_postgres.server import embedded_postgres

__all__ = ["EmbeddedPostgresError", "EmbeddedServer", "embedded_postgres"]
