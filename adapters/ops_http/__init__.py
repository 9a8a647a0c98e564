"""The HTTP port of a running instance: its health, its figures, and the provider's callbacks."""

from adapters.ops_http.server import OpsServer
from adapters.ops_http.service import Handler, Service

__all__ = ["Handler", "OpsServer", "Service"]
