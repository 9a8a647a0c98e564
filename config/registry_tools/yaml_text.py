"""Changing YAML text so that it says something else, and touching nothing that says the same as before.

PyYAML's nodes know where in the text they stand; what differs is replaced there, and the bytes between stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Final

import yaml
from attrs import frozen

from config.registry_tools.yaml_layout import inline, lines_of

Pair = tuple[yaml.Node, yaml.Node]


@frozen
class Splice:
    """Put ``text`` where ``start`` to ``end`` was."""

    start: int
    end: int
    text: str


def reconciled(text: str, wanted: Mapping[str, object]) -> str:
    """The text of a YAML mapping, changed to hold ``wanted``. Comments stay, unless what they stand in goes."""
    for adds in (False, True):  # what goes is gone before anything is put behind it
        editor = _Editor(text, adds=adds)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise TypeError("expected a mapping")
        text = _spliced(text, list(editor.mapping(node, yaml.load(text, Loader=yaml.CSafeLoader), wanted)))
    return text


def _spliced(text: str, splices: Sequence[Splice]) -> str:
    """From the end to the start, so that the places stay right; at one place, the first comes first in the text."""
    for _, splice in sorted(enumerate(splices), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


class _Editor:
    """Finds what to put where. ``adds``: new keys of mappings as well, not only what changes or goes."""

    def __init__(self, text: str, *, adds: bool) -> None:
        self._text: Final = text
        self._adds: Final = adds

    def mapping(
        self, node: yaml.MappingNode, current: Mapping[str, Any], wanted: Mapping[str, Any]
    ) -> Iterator[Splice]:
        """Make a mapping that keeps at least one of its keys say what is wanted."""
        pairs = dict(zip(current, node.value, strict=True))
        for key in (key for key in current if key in wanted):
            yield from self._value(pairs[key], current[key], wanted[key])
        gone = [key not in wanted for key in current]
        for is_gone, run in groupby(range(len(gone)), key=gone.__getitem__):
            if is_gone:
                numbers = list(run)
                yield self._without(node, numbers[0], numbers[-1])
        if self._adds:
            yield from self._additions(node, pairs, wanted)

    def _value(self, pair: Pair, current: Any, wanted: Any) -> Iterator[Splice]:
        key, value = pair
        if repr(current) == repr(wanted):
            return
        if isinstance(value, yaml.MappingNode) and _share_keys(current, wanted):
            yield from self.mapping(value, current, wanted)
        elif not isinstance(value, yaml.CollectionNode) or value.flow_style:
            yield Splice(value.start_mark.index, self._end(value), inline(wanted))
        elif isinstance(value, yaml.SequenceNode) and isinstance(wanted, list) and wanted:
            yield from self._list(value, current, wanted)
        else:
            yield Splice(key.end_mark.index, self._end(value), f": {inline(wanted)}")

    def _without(self, node: yaml.MappingNode, first: int, last: int) -> Splice:
        """Take away the keys from the ``first`` to the ``last``, with their lines or their commas."""
        pairs: list[Pair] = node.value
        start, end = pairs[first][0].start_mark.index, self._end(pairs[last][1])
        if not node.flow_style and not self._text[self._line_start(start) : start].strip():
            return Splice(self._line_start(start), self._line_end(end) + 1, "")
        if last + 1 < len(pairs):
            return Splice(start, pairs[last + 1][0].start_mark.index, "")
        return Splice(self._end(pairs[first - 1][1]), end, "")

    def _additions(
        self, node: yaml.MappingNode, pairs: Mapping[str, Pair], wanted: Mapping[str, Any]
    ) -> Iterator[Splice]:
        """New keys, each run of them after the key that precedes it in ``wanted``."""
        before: str | None = None
        for is_new, run in groupby(wanted, key=lambda key: key not in pairs):
            keys = list(run)
            if is_new:
                yield self._addition(node, pairs, before, {key: wanted[key] for key in keys})
            before = keys[-1]

    def _addition(
        self, node: yaml.MappingNode, pairs: Mapping[str, Pair], before: str | None, new: Mapping[str, Any]
    ) -> Splice:
        first: yaml.Node = node.value[0][0]
        if node.flow_style:
            text = ", ".join(f"{inline(key)}: {inline(value)}" for key, value in new.items())
            at = first.start_mark.index if before is None else self._end(pairs[before][1])
            return Splice(at, at, f"{text}, " if before is None else f", {text}")
        text = lines_of(new, indent=first.start_mark.column)
        if before is None:
            return Splice(
                first.start_mark.index, first.start_mark.index, f"{text.lstrip()}\n{' ' * first.start_mark.column}"
            )
        at = self._line_end(self._end(pairs[before][1]))
        return Splice(at, at, f"\n{text}")

    def _list(self, node: yaml.SequenceNode, current: list[Any], wanted: list[Any]) -> Iterator[Splice]:
        """A list on lines of its own: like items are edited, the others change places."""
        matcher = SequenceMatcher(None, list(map(repr, current)), list(map(repr, wanted)), autojunk=False)
        for what, low, high, new_low, new_high in matcher.get_opcodes():
            old, new = current[low:high], wanted[new_low:new_high]
            if what == "replace" and len(old) == len(new) and all(map(_share_keys, old, new)):
                for item, one, other in zip(node.value[low:high], old, new, strict=True):
                    yield from self.mapping(item, one, other)
            elif what != "equal":
                yield self._exchange(node, low, high, new)

    def _exchange(self, node: yaml.SequenceNode, low: int, high: int, new: list[Any]) -> Splice:
        """Put new items where those from ``low`` to ``high`` were."""
        text = lines_of(new, indent=node.start_mark.column) if new else ""
        if low == len(node.value):
            at = self._line_end(self._end(node))
            return Splice(at, at, f"\n{text}")
        start = self._line_start(node.value[low].start_mark.index)
        end = self._line_end(self._end(node.value[high - 1])) + 1 if high > low else start
        return Splice(start, end, f"{text}\n" if text else "")

    def _end(self, node: yaml.Node) -> int:
        """Where a node's last character is followed; a block's own mark stands beyond the comments after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return len(self._text[: node.end_mark.index].rstrip())

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end


def _share_keys(old: object, new: object) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and bool(old.keys() & new.keys())
