"""KIE's live catalogue over HTTP: one call a second in all, whatever is asked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from attrs import field, frozen
from yarl import URL

from adapters.kie_http.codes import Accepted, Call, Later, Refused, Unknown
from adapters.kie_http.openapi import read_form
from adapters.kie_http.price_text import read_price
from adapters.kie_http.schema_tree import Unreadable
from adapters.kie_http.verdicts import error, verdict
from adapters.kie_http.wire import Answer, Wire
from application.errors import ProviderError, ProviderRejected, ProviderUnavailable
from application.ports.clock import Clock
from application.ports.provider_catalogue import NoForm, NoFormReason
from domain.failure import FailureKind
from domain.live_model import ListedModel, LivePrice, ModelForm
from domain.model import ModelId, ModelType

MODELS_PATH: Final = "/api/v1/models"
