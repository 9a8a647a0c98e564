"""What programs send and get, as pydantic models. The OpenAPI document is made from these."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from domain.preset import PRESET_NAME_LIMIT
from domain.use import Use

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
MostCredits = Annotated[
    float, Field(ge=0, le=1_000_000, description="The most it may cost. Nothing dearer is started.")
]
Input = Annotated[
    dict[str, Any],
    Field(
        description='Values by parameter. A file is a public URL, or {"upload": "<id>"} for one that was uploaded here.'
    ),
]


class Schema(BaseModel):
    """Unknown names are refused, so that a misspelt one is not ignored."""

    model_config = ConfigDict(extra="forbid")


class Choice(Schema):
    """A model and values for it."""

    model: Name
    input: Input = {}


class NewGeneration(Choice):
    """What is to be made."""

    max_credits: MostCredits


class UploadRef(Schema):
    """A file that was uploaded here."""

    upload: Name


class NewWish(Schema):
    """What a person asks for, in words and files. ``use`` settles what it is for, as an earlier offer named it."""

    text: Annotated[str, StringConstraints(max_length=20_000)]
    files: Annotated[list[UploadRef], Field(max_length=20)] = []
    use: Use | None = None


class NewPreset(Choice):
    """A choice that is kept under a name."""

    name: Annotated[str, StringConstraints(max_length=PRESET_NAME_LIMIT, pattern=r"\S")]


class NewWebhook(Schema):
    """Where events go."""

    url: Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s]+$")]


class ViolationOut(Schema):
    """One thing that is wrong with an input."""

    path: str
    code: str
    message: str


class Problem(Schema):
    """An error, as RFC 9457 has it. ``code`` is stable; ``title`` is for people."""

    type: str
    title: str
    status: int
    code: str
    violations: list[ViolationOut] = []


class PriceOut(Schema):
    """Credits. ``credits`` is null where the exact price is not known before; ``high`` is the most it can cost."""

    credits: float | None
    low: float
    high: float
    basis: str
    as_of: str
    source: str


class Valid(Schema):
    """Whether an input is valid, what is wrong with it, and which values the provider will ignore."""

    valid: bool
    violations: list[ViolationOut]
    notices: list[ViolationOut] = []


class ModelOut(Schema):
    """A model in a list. ``price`` is that of its usual values."""

    id: str
    title: str
    vendor: str
    type: str
    output: str
    status: str
    price: PriceOut


class FieldOut(Schema):
    """One parameter of a model."""

    name: str
    kind: str
    role: str
    required: bool
    essential: bool
    about: str = ""
    default: Any = None
    choices: list[Any] = []
    minimum: float | None = None
    maximum: float | None = None
    media: str | None = None
    accepted: list[str] = []
    max_file_mb: float | None = None
    fields: list["FieldOut"] = []


class ModelDetail(ModelOut):
    """A model with its parameters."""

    fields: list[FieldOut]


class ModelList(Schema):
    """Models, best first."""

    models: list[ModelOut]


class OfferedModelOut(ModelOut):
    """A model for a wish. ``ready``: it runs with ``input`` as it stands, at ``price``; else that is what it costs with what is
    stated and given so far. ``mark``: best, fast or cheap. ``notices`` are values of ``input`` that the provider will drop."""

    ready: bool
    mark: str | None = None
    input: dict[str, Any] = {}
    notices: list[ViolationOut] = []


class AbsentModelOut(Schema):
    """A model that the words name and no one can have. ``nearest`` is the id of what comes closest."""

    name: str
    is_paused: bool
    nearest: str | None


class OfferOut(Schema):
    """Models for a wish, best first. More than one of ``uses``: it is not clear what it is for, and nothing is ready. ``lacks``
    is the kind of file to add first; ``missing`` is the task that no model does, ``absent`` the model that is not there."""

    uses: list[str]
    lacks: str | None
    missing: str | None
    absent: AbsentModelOut | None = None
    models: list[OfferedModelOut]


class UploadOut(Schema):
    """A file that was uploaded."""

    id: str
    kind: str
    mime: str
    name: str
    bytes: int


class ResultOut(Schema):
    """One result: a file behind ``url`` (``mime`` and ``bytes`` where we keep it), or ``text``."""

    index: int
    kind: str
    url: str | None = None
    text: str | None = None
    mime: str | None = None
    bytes: int | None = None


class FailureOut(Schema):
    """Why it failed, and whether it cost anything."""

    kind: str
    charged: str
    message: str


class GenerationOut(Schema):
    """A generation. ``state``: queued, submitting, unknown, running, succeeded, failed, delivering, delivered,
    undeliverable, cancelled. ``done``: nothing will change any more."""

    id: str
    model: str
    state: str
    done: bool
    input: dict[str, Any]
    created_at: datetime
    ended_at: datetime | None
    reserved_credits: float | None
    charged_credits: float | None
    results: list[ResultOut]
    failure: FailureOut | None
    progress: dict[str, Any] | None = None


class GenerationList(Schema):
    """Generations, newest first. ``before`` of the next page, null on the last one."""

    generations: list[GenerationOut]
    before: datetime | None


class PresetOut(Schema):
    """A preset."""

    id: str
    name: str
    model: str
    input: dict[str, Any]
    created_at: datetime


class PresetList(Schema):
    """Presets, newest first."""

    presets: list[PresetOut]


class BalanceOut(Schema):
    """What the key's person has. ``credits`` is null where people pay nothing. In the last 24 hours the person spent
    ``spent_today`` credits; ``limit_per_day`` is null where there is no limit, and so is the ``key_limit_per_day`` of this key."""

    billing: str
    credits: float | None
    spent_today: float
    limit_per_day: float | None
    key_limit_per_day: float | None


class WebhookOut(Schema):
    """A webhook. ``secret`` signs the events; it is shown once."""

    url: str | None
    secret: str | None
