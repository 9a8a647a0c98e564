"""From YAML text to plain data, without what PyYAML lets pass: keys given twice, and aliases. Faults are reported one by one."""

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Final

import yaml

from adapters.yaml_catalog.errors import Faults
from adapters.yaml_catalog.schema import shown

if TYPE_CHECKING:  # the C loader has the same interface, and is absent where PyYAML was built without libyaml
    from yaml import SafeLoader as FastestLoader
else:
    FastestLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_MAY_BE_ALIAS: Final = re.compile(r"(?:^|[\s\[{,])\*\S")


class AliasFound(yaml.YAMLError):
    """Ten lines of aliases of aliases are a value of gigabytes, and one of itself has no end; the registry needs none."""

    def __init__(self, event: yaml.AliasEvent) -> None:
        line = f" (line {event.start_mark.line + 1})" if event.start_mark else ""
        super().__init__(f"*{event.anchor}{line} is an alias: write the value out")


class StrictLoader(FastestLoader):
    """The safe loader that notes duplicate keys: YAML forbids them, and PyYAML silently keeps the last. Costs one comparison
    for each mapping."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # PyYAML's signature
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            self.repeated += _repeated(node)
        return mapping


def _repeated(node: yaml.MappingNode) -> Iterator[str]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            yield f"{key.value} (line {key.start_mark.line + 1})"
        seen.add(key.value)


def _refuse_aliases(text: str) -> None:
    """Raise ``AliasFound`` for the first one. Reading the events takes time, so only a text that may hold one is read twice."""
    if "*" in text and _MAY_BE_ALIAS.search(text):
        for event in yaml.parse(text, Loader=FastestLoader):
            if isinstance(event, yaml.AliasEvent):
                raise AliasFound(event)


def yaml_files(directory: Traversable) -> list[Traversable]:
    """The ``.yaml`` files of a directory, by name."""
    return sorted((file for file in directory.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


def read_mapping(file: Traversable, faults: Faults) -> dict[Any, Any]:
    """The mapping a file holds; empty, with the fault noted, where it holds none."""
    try:
        text = file.read_text(encoding="utf-8")
        _refuse_aliases(text)
        loader = StrictLoader(text)
        data = loader.get_single_data()
    except (yaml.YAMLError, OSError, UnicodeError, ValueError, RecursionError) as error:
        faults.add((), f"expected YAML that can be read: {_in_one_line(error)}")
        return {}
    for key in loader.repeated:
        faults.add((), f"expected each key once, found again: {key}")
    if not isinstance(data, dict):
        faults.add((), f"expected a mapping at the top of the file, found {shown(data)}")
        return {}
    return data


def _in_one_line(error: Exception) -> str:
    """PyYAML's words without its name for a text, and with what nearly always is the cause of the least clear of them."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8: save the file as UTF-8"
    said = " ".join(str(error).replace('in "<unicode string>", ', "at ").split())
    unclear = "mapping values are not allowed" in said or "did not find expected key" in said
    return (
        f"{said} (look at the indentation there and above; text with a colon or a quote in it needs quotes)"
        if unclear
        else said
    )
