"""Wiring of the wish reader and of the order of models."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from adapters.local_wish_reader import LocalWishReader
from adapters.yaml_catalog.names import load_names
from adapters.yaml_catalog.quality import load_quality
from application.catalog.model_notices import OwnRecord
from application.ports.model_catalog import ModelCatalog
from application.wishes.rank_models import RankModels
from application.wishes.read_and_rank import ReadAndRank
from config.packaged import packaged_catalog
from domain.quality import QualityOrder

ALIASES = "model_aliases.yaml"
QUALITY = "model_quality.yaml"


def local_reader(catalog: ModelCatalog) -> LocalWishReader:
    """The reader that needs no network, with the packaged names and weights; one for all bots of a process."""
    return _reader_of(catalog)  # type: ignore[arg-type]  # any object without __eq__ can be a key


@cache
def _reader_of(catalog: ModelCatalog) -> LocalWishReader:
    return LocalWishReader(catalog.models(), load_names(files("config") / ALIASES))


@cache
def quality_order() -> QualityOrder:
    """The packaged order of models by use, read once for everything in a process."""
    return load_quality(files("config") / QUALITY, packaged_catalog(), today=datetime.now(UTC).date())


def rank_models(catalog: ModelCatalog, record: OwnRecord | None = None) -> RankModels:
    """The order of models by the packaged quality data, and by how they have done here."""
    return RankModels(catalog=catalog, quality=quality_order(), record=record)


def read_and_rank(catalog: ModelCatalog) -> ReadAndRank:
    """Both, for the command line."""
    return ReadAndRank(reader=local_reader(catalog), rank=rank_models(catalog))
