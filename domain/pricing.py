"""What a wish will cost, where the registry's price observations say it clearly; never a guess.

An observation maps a tier to credits per unit. Its tiers are other people's words (``1080p no sound``, ``Pro-5.0s``), so
each is read into what it demands of the input, and counts only when every word of it is understood and agrees.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from domain.media import MediaKind
from domain.model import Model, ParameterType, Price

COUNT_NAMES: Final = ("num_images", "n")
MOST_IMAGES_NAMES: Final = ("max_images",)
DURATION_NAMES: Final = ("duration", "n_frames")
SOUND_NAMES: Final = ("sound", "audio", "generate_audio", "generate_audio_switch")
TEXT_NAME: Final = "text"
"""Parameters a price depends on by what they mean; on all others it depends by their values alone."""

ANY: Final = "any"
CHEAPEST: Final = "cheapest"
"""A tier that says what the least costs, and not what for."""
UNNAMED: Final = re.compile(r"mode \d+")

SECONDS: Final = re.compile(r"(\d+(?:\.\d+)?)s")
RESOLUTION: Final = re.compile(r"\d+(?:\.\d+)?[pk]")
SOUND: Final = re.compile(r"\(?\b(no sound|without audio|sound|with audio)\b\)?")
SILENT: Final = frozenset({"no sound", "without audio"})


@frozen(kw_only=True)
class Estimate:
    """Credits a wish will probably cost, by what was observed on ``as_of`` (a date, or a season)."""

    credits: float
    as_of: str


def estimate(model: Model, values: Mapping[str, object]) -> Estimate | None:
    """The cost of a normalised input; None where no observation fits it for certain.

    The newest observation that has a tier for the input decides. An older one counts only where the newer ones, which say
    too little by themselves, bear it out.
    """
    for age, price in enumerate(model.prices):
        if not all(_bears_out(model, newer, price) for newer in model.prices[:age]):
            return None
        per_unit = _credits_per_unit(model, price, values)
        if per_unit is not None:
            units = _units(model, price, values)
            return None if units is None else Estimate(credits=round(per_unit * units, 4), as_of=price.as_of)
    return None


def _bears_out(model: Model, newer: Price, older: Price) -> bool:
    """``cheapest`` must be the older one's least; tiers both have must cost the same; and they must have one in common."""
    if _unit(model, newer) != _unit(model, older):
        return False
    if CHEAPEST in newer.credits:
        return newer.credits[CHEAPEST] == min(older.credits.values())
    new = {tier.lower(): credits_ for tier, credits_ in newer.credits.items()}
    old = {tier.lower(): credits_ for tier, credits_ in older.credits.items()}
    common = new.keys() & old.keys()
    return bool(common) and all(new[tier] == old[tier] for tier in common)


def _credits_per_unit(model: Model, price: Price, values: Mapping[str, object]) -> float | None:
    """What the tiers that fit cost; None where none fits, or where those that fit differ."""
    names = list(price.credits)
    if names == [ANY] or (len(names) == 1 and UNNAMED.fullmatch(names[0])):
        return price.credits[names[0]]
    fitting = {credits_ for name, credits_ in price.credits.items() if _fits(model, name.lower(), values)}
    return fitting.pop() if len(fitting) == 1 else None


def _fits(model: Model, tier: str, values: Mapping[str, object]) -> bool:
    """Whether all that a tier's words demand is so: ``without audio-5.0s`` demands 5 seconds and no sound."""
    sound = SOUND.search(tier)
    if sound is not None and _sound(model, values) is not (sound[1] not in SILENT):
        return False
    words = (word for word in re.split(r"[\s-]+", SOUND.sub(" ", tier)) if word not in {"", "default"})
    return all(_word_fits(model, word, values) for word in words)


def _word_fits(model: Model, word: str, values: Mapping[str, object]) -> bool:
    seconds = SECONDS.fullmatch(word)
    if seconds is not None:
        return _length_fits(model, float(seconds[1]), values)
    choosing = [
        one.name
        for one in model.parameters.values()
        if one.type is ParameterType.ENUM and word in {str(value).lower() for value in one.values}
    ]
    if choosing:
        return any(str(_chosen(model, name, values)).lower() == word for name in choosing)
    return word in _own_words(model) or (RESOLUTION.fullmatch(word) is not None and not _has_resolutions(model))


def _length_fits(model: Model, seconds: float, values: Mapping[str, object]) -> bool:
    """A picture has no length. A tier of one second is a rate and says nothing of a whole video."""
    if model.output is MediaKind.IMAGE:
        return True
    if any(name in model.parameters for name in DURATION_NAMES):
        return _number(model, DURATION_NAMES, values) == seconds
    return seconds != 1


def _own_words(model: Model) -> frozenset[str]:
    """What the model is called: a tier of ``kling/v2-1-pro`` called ``Pro-5.0s`` demands no choice by ``Pro``."""
    return frozenset(re.split(r"[/-]", model.id.lower()))


def _has_resolutions(model: Model) -> bool:
    enums = (one for one in model.parameters.values() if one.type is ParameterType.ENUM)
    return any(RESOLUTION.fullmatch(str(value).lower()) for one in enums for value in one.values)


def _unit(model: Model, price: Price) -> str:
    """A request makes one thing where nothing can ask for more."""
    if price.unit == "request" and not any(name in model.parameters for name in (*COUNT_NAMES, *MOST_IMAGES_NAMES)):
        return model.output.value
    return price.unit


def _units(model: Model, price: Price, values: Mapping[str, object]) -> float | None:
    """How many units the input asks for; None where it can't be told."""
    match _unit(model, price):
        case "image" if model.output is MediaKind.IMAGE:
            return _images(model, values)
        case "video" if model.output is MediaKind.VIDEO:
            return 1 if _length_is_known(model) else None
        case "second":
            return None if _brings_video(model, values) else _number(model, DURATION_NAMES, values)
        case "1000 characters":
            return _characters(values) / 1000
        case "request" | "audio" | "text":
            return 1
        case _:
            return None


def _images(model: Model, values: Mapping[str, object]) -> float | None:
    """As many as are asked for. Where only the most can be said, it is known for a most of one."""
    if any(name in model.parameters for name in MOST_IMAGES_NAMES):
        return 1 if _number(model, MOST_IMAGES_NAMES, values) == 1 else None
    if any(name in model.parameters for name in COUNT_NAMES):
        return _number(model, COUNT_NAMES, values)
    return 1


def _length_is_known(model: Model) -> bool:
    """Whether it is chosen, or the model's own. Where sound or video goes in, what comes out is as long as that."""
    if any(name in model.parameters for name in DURATION_NAMES):
        return True
    return not any(one.media in {MediaKind.AUDIO, MediaKind.VIDEO} for one in model.parameters.values())


def _brings_video(model: Model, values: Mapping[str, object]) -> bool:
    """Whether a video goes in, whose seconds, unknown to us, some models bill as well."""
    return any(one.media is MediaKind.VIDEO and values.get(one.name) for one in model.parameters.values())


def _characters(value: object) -> int:
    """Characters to speak: all texts called ``text``, however deep."""
    if isinstance(value, Mapping):
        return sum(
            len(one) if name == TEXT_NAME and isinstance(one, str) else _characters(one) for name, one in value.items()
        )
    return sum(map(_characters, value)) if isinstance(value, list) else 0


def _sound(model: Model, values: Mapping[str, object]) -> bool | None:
    chosen = next((_chosen(model, name, values) for name in SOUND_NAMES if name in model.parameters), None)
    return chosen if isinstance(chosen, bool) else None


def _number(model: Model, names: Iterable[str], values: Mapping[str, object]) -> float | None:
    """The number chosen for the first of the parameters there is: some are text. Not above 0 is the model's choice."""
    chosen = next((_chosen(model, name, values) for name in names if name in model.parameters), None)
    try:
        number = float(str(chosen))
    except ValueError:
        return None
    return number if number > 0 else None


def _chosen(model: Model, name: str, values: Mapping[str, object]) -> object:
    """What the provider will go by: the value given, or the default; None where there is neither."""
    if name in values:
        return values[name]
    parameter = model.parameters[name]
    return parameter.default if parameter.has_default else None
