"""The HTTP API: the same use cases for programs."""

from adapters.api_http.caller import Caller
from adapters.api_http.mcp_http import McpOverHttp
from adapters.api_http.messenger import FRONT_END, ApiMessenger, destination_of
from adapters.api_http.routes import Api, ApiServices, ServicesOf
from adapters.api_http.webhooks import HttpWebhookSender

__all__ = [
    "FRONT_END",
    "Api",
    "ApiMessenger",
    "ApiServices",
    "Caller",
    "HttpWebhookSender",
    "McpOverHttp",
    "ServicesOf",
    "destination_of",
]
