"""The values that a text states: length, shape, sharpness, number, sound and rarer ones."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import field, frozen

from adapters.local_wish_reader.number_words import number_of
from adapters.local_wish_reader.shape_words import PLACES, SHAPES
from adapters.local_wish_reader.tokens import Span
from adapters.local_wish_reader.value_patterns import (
    COMPOUND,
    COMPOUND_SECONDS,
    COUNT,
    COUNT_AT_END,
    COUNT_FOR,
    COUNT_OF_DIFFERENT,
    DURATION,
    FILM_WORD,
    FLAGS,
    FPS,
    GENERIC_NOUN,
    INPUTS,
    INSTRUMENTAL,
    INTO_ONE,
    MINUTES,
    NEGATIVE,
    PICTURES,
    PIXELS,
    RATIO,
    RATIOS,
    RESOLUTION,
    SCALE,
    SEED,
    SET_OF,
    SOUND_OFF,
    SOUND_ON,
    SPOKEN_IN,
    TIERS,
    TO_ANOTHER,
    VOICE,
    WHOLE_MINUTES,
)

LONGEST_S: Final = 600
MOST_RESULTS: Final = 12
"""Longer films and more pictures than that are part of a story, not an order."""


@frozen(kw_only=True)
class Stated:
    """A value that the text states. ``span`` is where; ``is_order`` tells words that only state it from words that
    describe the thing as well and so stay in the prompt. ``thing`` are the words in it that say what is wanted."""

    name: str
    value: object
    span: Span
    is_order: bool = True
    thing: Span | None = None


@frozen(kw_only=True)
class Values:
    """Everything that a text states, each name once."""

    stated: Sequence[Stated] = field(factory=tuple)

    def by_name(self) -> dict[str, object]:
        return {one.name: one.value for one in self.stated}


def read_values(text: str, *, has_pictures: bool = False) -> Values:
    """The values that a plain text states; of several for one name the first. ``has_pictures``: numbers of pictures may
    speak of those that are there."""
    found: dict[str, Stated] = {}
    taken: list[Span] = []
    for one in _all(text, has_pictures=has_pictures):
        overlaps = any(one.span.start < span.end and span.start < one.span.end for span in taken)
        if not overlaps:
            taken.append(one.span)
            found.setdefault(one.name, one)
    return Values(stated=tuple(found.values()))


def _all(text: str, *, has_pictures: bool) -> Iterator[Stated]:
    yield from _shapes(text)
    yield from _sizes(text)
    yield from _lengths(text)
    yield from _counts(text, has_pictures=has_pictures)
    yield from _sounds(text)
    yield from _rest(text)


def _lengths(text: str) -> Iterator[Stated]:
    for match in DURATION.finditer(text):
        yield from _length(match, 1)
    for match in MINUTES.finditer(text):
        yield from _length(match, 60)
    for match in COMPOUND.finditer(text):
        yield Stated(name="duration", value=COMPOUND_SECONDS[match.group(1)], span=Span(*match.span()))
    for pattern, seconds in WHOLE_MINUTES:
        for match in pattern.finditer(text):
            yield Stated(name="duration", value=seconds, span=Span(*match.span()))


def _length(match: re.Match[str], unit: int) -> Iterator[Stated]:
    said = next(group for group in match.groups() if group)
    seconds = _cjk(said) * unit
    if 0 < seconds <= LONGEST_S:
        value = int(seconds) if seconds == int(seconds) else seconds
        yield Stated(name="duration", value=value, span=Span(*match.span()))


def _cjk(said: str) -> float:
    """Also numbers such as 十五, which are put together."""
    try:
        return number_of(said)
    except ValueError:
        tens, _, ones = said.partition("十")
        return (number_of(tens) if tens else 1) * 10 + (number_of(ones) if ones else 0)


def _shapes(text: str) -> Iterator[Stated]:
    for match in PIXELS.finditer(text):
        yield from _from_pixels(match)
    for match in RATIO.finditer(text):
        ratio = f"{int(match.group(1))}:{int(match.group(2))}"
        if ratio in RATIOS:
            yield Stated(name="aspect_ratio", value=ratio, span=Span(*match.span()))
    for ratio, pattern in SHAPES.items():
        for match in pattern.finditer(text):
            yield Stated(name="aspect_ratio", value=ratio, span=Span(*match.span()))
    for ratio, pattern in PLACES.items():
        for match in pattern.finditer(text):
            yield Stated(name="aspect_ratio", value=ratio, span=Span(*match.span()), is_order=False)


def _from_pixels(match: re.Match[str]) -> Iterator[Stated]:
    width, height = int(match.group(1)), int(match.group(2))
    span = Span(*match.span())
    near = min(RATIOS, key=lambda one: (abs(width / height - _share(one)), len(one)))
    if abs(width / height - _share(near)) < 0.03:
        yield Stated(name="aspect_ratio", value=near, span=span)
    tier = TIERS.get(str(min(width, height)))
    if tier and width != height:
        yield Stated(name="resolution", value=tier, span=Span(span.end, span.end))


def _share(ratio: str) -> float:
    wide, high = ratio.split(":")
    return int(wide) / int(high)


def _sizes(text: str) -> Iterator[Stated]:
    for match in RESOLUTION.finditer(text):
        if TO_ANOTHER.match(text[match.end() :]):
            continue
        tier, lines, full, ultra = match.groups()
        if tier:
            value = f"{tier}K"
        elif lines:
            value = TIERS[lines]
        else:
            value = "1080p" if full else "4K" if ultra or match.group().startswith("4") else ""
        if value:
            yield Stated(name="resolution", value=value, span=Span(*match.span()))
    for match in FPS.finditer(text):
        yield Stated(name="fps", value=int(match.group(1)), span=Span(*match.span()))


def _counts(text: str, *, has_pictures: bool) -> Iterator[Stated]:
    for match in COUNT.finditer(text):
        place = next(place for place in (1, 3, 5) if match.group(place))
        number, noun = _cjk(match.group(place)), match.group(place + 1)
        is_generic = GENERIC_NOUN.match(noun) is not None
        speaks_of_files = INPUTS.search(text[: match.start()]) or INTO_ONE.match(text[match.end() :])
        is_count = 1 <= number <= MOST_RESULTS and number == int(number)
        if is_count and not speaks_of_files and (is_generic or not has_pictures):
            thing = None if is_generic or PICTURES.match(noun) else Span(*match.span(place + 1))
            span = Span(*match.span(place)) if place == 5 else Span(*match.span())
            yield Stated(name="count", value=int(number), span=span, thing=thing)
    if not has_pictures:
        yield from _counts_at_ends(text)
    for match in SET_OF.finditer(text):
        if 1 < (number := _cjk(match.group(1) or match.group(2))) <= MOST_RESULTS:
            yield Stated(name="count", value=int(number), span=Span(*match.span()), is_order=False)
    for match in SCALE.finditer(text):
        number = int(next(group for group in match.groups() if group))
        if number in {2, 3, 4, 6, 8}:
            yield Stated(name="scale", value=number, span=Span(*match.span()), is_order=False)


def _counts_at_ends(text: str) -> Iterator[Stated]:
    """Numbers that count whatever is wanted, by their place in the text."""
    at_start = COUNT_FOR.search(text) or COUNT_OF_DIFFERENT.search(text)
    if at_start and 1 < (number := _cjk(at_start.group(1))) <= MOST_RESULTS:
        yield Stated(name="count", value=int(number), span=Span(*at_start.span(1)))
    if at_end := COUNT_AT_END.search(text):
        yield Stated(name="count", value=int(at_end.group(1)), span=Span(*at_end.span()))


def _sounds(text: str) -> Iterator[Stated]:
    for match in SOUND_OFF.finditer(text):
        names_film = FILM_WORD.search(match.group()) is not None
        yield Stated(name="sound", value=False, span=Span(*match.span()), is_order=not names_film)
    for match in SOUND_ON.finditer(text):
        yield Stated(
            name="sound",
            value=True,
            span=Span(*match.span()),
            is_order=text[match.end() : match.end() + 1] in ",.;:!\n" or match.end() == len(text),
        )
    for match in INSTRUMENTAL.finditer(text):
        yield Stated(name="instrumental", value=True, span=Span(*match.span()), is_order=False)


def _rest(text: str) -> Iterator[Stated]:
    for match in SEED.finditer(text):
        yield Stated(name="seed", value=int(match.group(1)), span=Span(*match.span()))
    for match in NEGATIVE.finditer(text):
        yield Stated(name="negative_prompt", value=match.group(1).strip(" .,"), span=Span(*match.span()))
    for match in FLAGS.finditer(text):
        yield Stated(name=f"flag {match.group()}", value=None, span=Span(*match.span()))
    for match in VOICE.finditer(text):
        is_female = bool(match.group(1) or match.group(3))
        yield Stated(name="voice", value="female" if is_female else "male", span=Span(*match.span()))
    for code, pattern in SPOKEN_IN.items():
        for match in pattern.finditer(text):
            yield Stated(name="language", value=code, span=Span(*match.span()), is_order=False)
