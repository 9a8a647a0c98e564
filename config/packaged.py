"""The data that comes with the package, read once for everything in a process."""

from functools import cache
from importlib.resources import files

from adapters.yaml_catalog import YamlModelCatalog, load_catalog, load_vocabulary
from domain.vocabulary import Vocabulary


@cache
def packaged_catalog() -> YamlModelCatalog:
    """Return the registry. Raises ``RegistryError`` with every fault of it."""
    return load_catalog(files("config") / "registry")


@cache
def packaged_vocabulary() -> Vocabulary:
    """Return the words that people search with."""
    return load_vocabulary(files("config") / "search_words.yaml", packaged_catalog())
