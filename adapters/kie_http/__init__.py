"""KIE.ai over HTTP, behind the port ``MediaProvider``."""

from adapters.kie_http.provider import KieHttpProvider, KieLimits

__all__ = ["KieHttpProvider", "KieLimits"]
