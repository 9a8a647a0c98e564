"""The model catalog, read from YAML files."""

from adapters.yaml_catalog.catalog import YamlModelCatalog, load_catalog
from adapters.yaml_catalog.errors import RegistryError, RegistryFault
from adapters.yaml_catalog.vocabulary import load_vocabulary

__all__ = ["RegistryError", "RegistryFault", "YamlModelCatalog", "load_catalog", "load_vocabulary"]
