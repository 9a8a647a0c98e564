"""What a card says of its model and of the values of parameters, as a person reads it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from adapters.telegram.api.markup import cut, escape
from adapters.telegram.bot.words import Words
from domain.capabilities import capabilities
from domain.edit_steps import is_result
from domain.media import Attachment, MediaKind
from domain.model import NO_DEFAULT, Model, Parameter, ParameterType
from domain.violation import Violation

TITLE_LIMIT = 80
ICONS: Final[Mapping[MediaKind, str]] = {
    MediaKind.IMAGE: "🖼",
    MediaKind.VIDEO: "🎬",
    MediaKind.AUDIO: "🎵",
    MediaKind.TEXT: "📄",
    MediaKind.FILE: "📎",
}


def heading(model: Model, words: Words) -> str:
    """HTML: title and maker, a sentence, and where the registry knows more, how long, how sharp and of how much."""
    title = f"<b>{escape(cut(model.title, TITLE_LIMIT))}</b> · {escape(model.vendor)}"
    about = [words.plain(f"tg-does-{model.type}"), " · ".join(_abilities(model, words))]
    return "\n".join([title, *(f"<i>{escape(line)}</i>" for line in about if line)])


def _abilities(model: Model, words: Words) -> Iterator[str]:
    known = capabilities(model)
    if known.lengths_s:
        yield words.plain("tg-can-last", seconds=_seconds(known.lengths_s))
    if known.resolution:
        yield words.plain("tg-can-resolution", resolution=known.resolution)
    if known.pictures:
        yield words.plain("tg-can-pictures", count=known.pictures)


def _seconds(lengths: Sequence[int]) -> str:
    """``3–15`` where each second between can be had, else ``5, 10``."""
    if len(lengths) > 2 and lengths[-1] - lengths[0] == len(lengths) - 1:
        return f"{lengths[0]}–{lengths[-1]}"
    return ", ".join(str(length) for length in lengths)


def parameter_name(parameter: Parameter, words: Words) -> str:
    """``aspect_ratio`` in the person's language. Plain."""
    return words.named("tg-parameter", parameter.name)


def fault_text(model: Model, violation: Violation, words: Words) -> str:
    """Return what is wrong, with the name of the parameter where it is about one. Plain."""
    parameter = model.parameters.get(violation.parameter)
    name = f"{parameter_name(parameter, words)}: " if parameter else ""
    return name + words.violation(violation)


def shown_value(parameter: Parameter, values: Mapping[str, object], words: Words, *, limit: int, needed: bool) -> str:
    """What is set, else what counts where it is left out, else what is missing. Plain, at most ``limit`` units."""
    if parameter.name in values:
        return cut(show(values[parameter.name], words), limit)
    if parameter.left_out not in ("", [], None, NO_DEFAULT):
        return cut(words.plain("tg-default", value=show(parameter.left_out, words)), limit)
    return words.plain("tg-needed") if needed else "—"


def show(value: object, words: Words) -> str:
    """Any value of an input, plain."""
    match value:
        case bool():
            return words.plain("tg-on" if value else "tg-off")
        case Attachment():
            name = words.plain("tg-own-result", kind=value.kind) if is_result(value) else value.name
            return f"{ICONS[value.kind]} {name}"
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
