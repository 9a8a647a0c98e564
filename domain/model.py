"""A model of the registry: what it is, what it takes, what it costs. Data only; every fact comes from YAML."""

import hashlib
from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final, NewType

from attrs import field, frozen

from domain.input_rule import InputRule
from domain.media import MediaKind
from domain.media_limits import NO_LIMITS, MediaLimits
from domain.price_rule import PriceRule

ModelId = NewType("ModelId", str)
"""The exact text the provider takes as ``model``."""
_IMAGE: Final = frozenset({MediaKind.IMAGE})
_VIDEO: Final = frozenset({MediaKind.VIDEO})
_AUDIO: Final = frozenset({MediaKind.AUDIO})
_WORDS: Final[frozenset[MediaKind]] = frozenset()
Scalar = str | int | float
"""What an enum's values may be."""


class ModelType(StrEnum):
    """What goes in and what comes out. The first twelve are the original registry's."""

    TEXT_TO_IMAGE = "text_to_image"
    IMAGE_TO_VIDEO = "image_to_video"
    TEXT_TO_VIDEO = "text_to_video"
    IMAGE_TO_IMAGE = "image_to_image"
    IMAGE_EDIT = "image_edit"
    AUDIO_TO_AUDIO = "audio_to_audio"
    UPSCALE = "upscale"
    VIDEO_UPSCALE = "video_upscale"
    OUTPAINT = "outpaint"
    SPEECH_TO_VIDEO = "speech_to_video"
    SPEECH_TO_TEXT = "speech_to_text"
    TEXT_TO_SPEECH = "text_to_speech"
    TEXT_TO_AUDIO = "text_to_audio"
    LIP_SYNC = "lip_sync"
    VIDEO_TO_VIDEO = "video_to_video"
    VIDEO_EDITING = "video_editing"
    VIDEO_EXTEND = "video_extend"
    IMAGE_ANALYSIS = "image_analysis"
    CHARACTER_CREATION = "character_creation"
    TEXT_TO_TEXT = "text_to_text"
    AUDIO_TO_VIDEO = "audio_to_video"
    AUDIO_TO_IMAGE = "audio_to_image"
    AUDIO_ANALYSIS = "audio_analysis"
    VOICE_CREATION = "voice_creation"


WORKS_ON: Final[Mapping[ModelType, frozenset[MediaKind]]] = {
    ModelType.TEXT_TO_IMAGE: _WORDS,
    ModelType.IMAGE_TO_VIDEO: _IMAGE,
    ModelType.TEXT_TO_VIDEO: _WORDS,
    ModelType.IMAGE_TO_IMAGE: _IMAGE,
    ModelType.IMAGE_EDIT: _IMAGE,
    ModelType.AUDIO_TO_AUDIO: _AUDIO,
    ModelType.UPSCALE: _IMAGE,
    ModelType.VIDEO_UPSCALE: _VIDEO,
    ModelType.OUTPAINT: _IMAGE,
    ModelType.SPEECH_TO_VIDEO: _AUDIO,
    ModelType.SPEECH_TO_TEXT: _AUDIO,
    ModelType.TEXT_TO_SPEECH: _WORDS,
    ModelType.TEXT_TO_AUDIO: _WORDS,
    ModelType.LIP_SYNC: _IMAGE | _VIDEO | _AUDIO,
    ModelType.VIDEO_TO_VIDEO: _VIDEO,
    ModelType.VIDEO_EDITING: _VIDEO,
    ModelType.VIDEO_EXTEND: _VIDEO,
    ModelType.IMAGE_ANALYSIS: _IMAGE,
    ModelType.CHARACTER_CREATION: _VIDEO,
    ModelType.TEXT_TO_TEXT: _WORDS,
    ModelType.AUDIO_TO_VIDEO: _AUDIO,
    ModelType.AUDIO_TO_IMAGE: _AUDIO,
    ModelType.AUDIO_ANALYSIS: _AUDIO,
    ModelType.VOICE_CREATION: _AUDIO,
}
"""What a type makes something of. Its models may take other files beside it: samples, references."""


class ModelStatus(StrEnum):
    """Whether the provider takes the model today, as far as our copy of its documents knows."""

    CURRENT = "current"
    SUSPENDED = "suspended"
    RETIRED = "retired"
    RENAMED = "renamed"
    NOT_A_KIE_ID = "not_a_kie_id"


class ParameterType(StrEnum):
    """Form of a parameter's value. ``numeric_text`` is a number the provider wants written as text."""

    STRING = "string"
    NUMERIC_TEXT = "numeric_text"
    ENUM = "enum"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    ARRAY = "array"
    OBJECT = "object"


class NoDefault(Enum):
    """The type of ``NO_DEFAULT``: None is a value a registry could hold, so absence needs its own."""

    NO_DEFAULT = "no default"


NO_DEFAULT: Final = NoDefault.NO_DEFAULT


@frozen(kw_only=True)
class Parameter:
    """One parameter of a model, or one item or field of a nested one.

    ``minimum`` and ``maximum`` bound the length in Unicode code points (string), the number of items (array) or the
    number itself (integer, number, numeric_text). None is an unknown limit, not its absence at the provider.
    ``required_when`` maps another parameter to the value with which this one becomes required.
    ``media`` says the value is a URL of such media; on an array it speaks of every item.
    ``send`` is sent where a person leaves the parameter out, so that the provider's own, dearer or unknown, default does not
    decide. ``assumed`` is what the provider is taken to use where it states no default; only prices go by it.
    ``open_values``: any other text goes as well. ``special_values`` are taken outside of the limits.
    """

    name: str
    type: ParameterType
    required: bool = False
    required_when: Mapping[str, object] = field(factory=lambda: MappingProxyType({}))
    default: object = NO_DEFAULT
    send: object = None
    assumed: object = None
    about: str = ""
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: int | float | None = None
    values: tuple[Scalar, ...] = ()
    open_values: bool = False
    special_values: tuple[int | float, ...] = ()
    pattern: str | None = None
    is_url: bool = False
    media: MediaKind | None = None
    accepted: tuple[str, ...] = ()
    max_file_mb: int | float | None = None
    limits: MediaLimits = NO_LIMITS
    items: "Parameter | None" = None
    fields: tuple["Parameter", ...] = ()

    @property
    def has_default(self) -> bool:
        return self.default is not NO_DEFAULT

    @property
    def left_out(self) -> object:
        """What counts for a person who leaves it out: what we send, else the provider's default, else ``NO_DEFAULT``."""
        return self.default if self.send is None else self.send


@frozen(kw_only=True)
class InputVariant:
    """One of several forms of input, exactly one of which must be satisfied.

    ``parameters`` holds the narrowed parameters where the variant is stricter than the model.
    """

    name: str
    required: frozenset[str]
    fields: frozenset[str]
    parameters: Mapping[str, Parameter] = field(factory=lambda: MappingProxyType({}))


@frozen(kw_only=True)
class Endpoint:
    """Paths of a model that is not created through the market's common endpoint."""

    create: str
    status: str


@frozen(kw_only=True)
class Model:
    """One entry of the registry. ``original_type`` is the first registry's word, if any.

    ``rules`` are what its parameters demand of each other. For one input exactly one of ``prices`` applies; where that
    depends on something the input does not tell, ``unknown_at_most`` (credits) is the most it can cost. ``callback_required``:
    the provider creates no task without an address to call back. ``follows``: whose tasks it takes further, where that is known.
    """

    id: ModelId
    title: str
    vendor: str
    type: ModelType
    output: MediaKind
    status: ModelStatus
    parameters: Mapping[str, Parameter]
    alias_of: ModelId | None = None
    endpoint: Endpoint | None = None
    callback_required: bool = False
    follows: tuple[ModelId, ...] = ()
    variants: tuple[InputVariant, ...] = ()
    at_least_one: tuple[frozenset[str], ...] = ()
    rules: tuple[InputRule, ...] = ()
    prices: tuple[PriceRule, ...] = ()
    unknown_at_most: float | None = None
    confidence: str = "official"
    docs_seen: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    original_type: ModelType | None = None

    @property
    def is_alias(self) -> bool:
        """Whether this id only stands for another: one the provider renamed, or never had."""
        return self.alias_of is not None and self.status in {ModelStatus.RENAMED, ModelStatus.NOT_A_KIE_ID}

    @property
    def is_offered(self) -> bool:
        """Whether menus show it and a wish for it is taken without being forced."""
        return self.status is ModelStatus.CURRENT

    @property
    def short_title(self) -> str:
        """The title without what becomes of what at its end (``Kling 2.6 Image to Video``): the menu or the label says it."""
        task = f" {self.type.replace('_', ' ')}"
        is_said = " to " in task and self.title.casefold().endswith(task)
        return self.title[: -len(task)] if is_said else self.title


def model_key(model_id: ModelId) -> str:
    """Return 8 characters that stand for a model, the same for ever whatever else the registry holds."""
    return hashlib.sha256(model_id.encode()).hexdigest()[:8]
