"""The packaged registry, loaded once for a test run, and media for its models."""

from pathlib import Path
from typing import Final

from adapters.yaml_catalog import YamlModelCatalog
from config.packaged import packaged_catalog
from domain.media import MediaKind
from domain.model import Model

REGISTRY: Final = Path(__file__).parents[2] / "config" / "registry"

URLS: Final = {
    MediaKind.IMAGE: "https://files.example.com/fox.png",
    MediaKind.VIDEO: "https://files.example.com/fox.mp4",
    MediaKind.AUDIO: "https://files.example.com/fox.mp3",
    MediaKind.FILE: "https://files.example.com/fox.pdf",
}


def catalog() -> YamlModelCatalog:
    return packaged_catalog()


def model(model_id: str) -> Model:
    """The registry's own entry of this id."""
    found = catalog().entry(model_id)
    assert found is not None, model_id
    return found


def url_of(kind: MediaKind) -> str:
    return URLS[kind]
