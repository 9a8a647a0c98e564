"""Reading a file that is one mapping with the same keys always."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from typing import Any

from adapters.yaml_catalog.errors import Faults, RegistryError, RegistryFault
from adapters.yaml_catalog.files import read_mapping
from adapters.yaml_catalog.schema import Reader, demand_keys, read_keys


@contextmanager
def reading(file: Traversable, keys: Mapping[str, Reader]) -> Iterator[tuple[dict[str, Any], Faults]]:
    """Give the values of a file that has all these keys, and where to note what else is wrong with them.

    Raises:
        RegistryError: at the end of the block, with every fault that was noted.
    """
    collected: list[RegistryFault] = []
    faults = Faults(collected, file=file.name)
    data = read_mapping(file, faults)
    values = read_keys(data, keys, (), faults)
    demand_keys(values, data, keys, (), faults)
    yield values, faults
    if collected:
        raise RegistryError(collected)
