"""Values of parameters as a person reads them."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from adapters.telegram.api.markup import cut
from adapters.telegram.bot.words import Words
from application.drafts.next_action import parameter_of
from domain.media import Attachment, MediaKind
from domain.model import Model, Parameter, ParameterType
from domain.violation import Violation

ICONS: Final[Mapping[MediaKind, str]] = {
    MediaKind.IMAGE: "🖼",
    MediaKind.VIDEO: "🎬",
    MediaKind.AUDIO: "🎵",
    MediaKind.TEXT: "📄",
    MediaKind.FILE: "📎",
}


def parameter_name(parameter: Parameter, words: Words) -> str:
    """``aspect_ratio`` in the person's language. Plain."""
    return words.named("tg-parameter", parameter.name)


def fault_text(model: Model, violation: Violation, words: Words) -> str:
    """Return what is wrong, with the name of the parameter where it is about one. Plain."""
    parameter = model.parameters.get(parameter_of(violation))
    name = f"{parameter_name(parameter, words)}: " if parameter else ""
    return name + words.violation(violation)


def shown_value(parameter: Parameter, values: Mapping[str, object], words: Words, *, limit: int) -> str:
    """What is set, else the default, else what is missing. Plain, at most ``limit`` units."""
    if parameter.name in values:
        return cut(show(values[parameter.name], words), limit)
    if parameter.has_default and parameter.default not in ("", [], None):
        return cut(words.plain("tg-default", value=show(parameter.default, words)), limit)
    return words.plain("tg-needed") if parameter.required else "—"


def show(value: object, words: Words) -> str:
    """Any value of an input, plain."""
    match value:
        case bool():
            return words.plain("tg-on" if value else "tg-off")
        case Attachment():
            return f"{ICONS[value.kind]} {value.name}"
        case list() | tuple() if any(isinstance(item, Attachment) for item in value):
            first = next(item for item in value if isinstance(item, Attachment))
            kinds = Counter(getattr(item, "kind", first.kind) for item in value)
            return ", ".join(f"{ICONS[kind]} × {count}" for kind, count in kinds.items())
        case list() | tuple() if any(isinstance(item, Mapping) for item in value):
            return f"× {len(value)}"
        case list() | tuple():
            return ", ".join(show(item, words) for item in value)
        case Mapping():
            return ", ".join(show(item, words) for item in value.values())
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def price_day(as_of: str, words: Words) -> str:
    """When a price was seen, as people write it. Plain. The registry says a day, a month or a season (``2026-autumn``)."""
    year, _, rest = as_of.partition("-")
    if rest.isalpha():
        return words.plain("tg-season", season=rest, year=year)
    return ".".join(reversed([year, *rest.split("-")]))


def limits(parameter: Parameter, words: Words) -> str | None:
    """What is allowed, in a phrase. Plain; None where no one knows a limit."""
    low, high = parameter.minimum, parameter.maximum
    if low is None and high is None:
        return None
    match parameter.type:
        case ParameterType.STRING:
            unit = "characters"
        case ParameterType.ARRAY:
            unit = "items"
        case _:
            unit = "number"
    bounds = "between" if low is not None and high is not None else "most" if high is not None else "least"
    return words.plain(f"tg-limit-{unit}", bounds=bounds, low=low or 0, high=high or 0)
