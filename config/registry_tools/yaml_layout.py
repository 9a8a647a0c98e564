"""Plain data as YAML in the registry's layout: what a reader scans stands on lines of its own, the rest on one."""

from collections.abc import Mapping
from typing import Final

import yaml
from yaml.representer import SafeRepresenter

WIDTH: Final = 120

_TOP: Final = ""
_ON_LINES: Final = frozenset(
    {_TOP, "input", "variants", "params", "price", "source", "pages", "notes", "variants[]", "rules"}
)
"""Keys whose value always stands on lines of its own."""
_ON_ONE_LINE: Final = frozenset({"price[]", "rules[]"})
"""What is one fact in a row, however deep."""
_DEEPEST_ON_ONE_LINE: Final = 2
"""Collections within each other that still read well on one line: a parameter with its values."""


class _Representer(SafeRepresenter):
    """Writes a list that stands in two places twice, where PyYAML would write a reference."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML's signature
        return True


class _Dumper(_Representer, yaml.SafeDumper):
    """Whole texts, by the same rules."""


def lines_of(data: Mapping[str, object] | list[object], *, indent: int) -> str:
    """A mapping or list on lines of its own, each indented; no newline at the end."""
    node = _Representer(sort_keys=False).represent_data(data)
    _lay_out(node, key=_TOP)
    text = yaml.serialize(node, Dumper=_Dumper, width=WIDTH - indent, allow_unicode=True)
    return "\n".join(f"{' ' * indent}{line}" for line in text.rstrip("\n").split("\n"))


def inline(data: object) -> str:
    """Any value on one line."""
    text = yaml.dump([data], Dumper=_Dumper, default_flow_style=True, width=2**31, allow_unicode=True, sort_keys=False)
    return text.strip()[1:-1]


def _lay_out(node: yaml.Node, *, key: str) -> int:
    """Choose the layout of each collection; gives how deep the node is."""
    match node:
        case yaml.MappingNode(value=pairs):
            depths = [_lay_out(value, key=name.value) for name, value in pairs]
        case yaml.SequenceNode(value=items):
            depths = [_lay_out(item, key=f"{key}[]") for item in items]
        case _:
            return 0
    if key in _ON_ONE_LINE:
        _flow(node)
        return _DEEPEST_ON_ONE_LINE
    depth = 1 + max(depths, default=0)
    on_lines = key in _ON_LINES or (key == "fields" and isinstance(node, yaml.MappingNode))
    node.flow_style = not on_lines and depth <= _DEEPEST_ON_ONE_LINE
    return depth if node.flow_style else _DEEPEST_ON_ONE_LINE + 1


def _flow(node: yaml.Node) -> None:
    """Put a collection and all within it on one line."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = True
        for child in node.value:
            for one in child if isinstance(child, tuple) else (child,):
                _flow(one)
