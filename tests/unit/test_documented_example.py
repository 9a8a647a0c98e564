"""The model of docs/registry.md: what a contributor adds by the page, everything follows from."""

import re
import shutil

import pytest

from adapters.yaml_catalog import YamlModelCatalog, load_catalog
from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from application.pricing.quote_price import QuotePrice
from config.wishes import local_reader
from domain.model import ModelId
from domain.reading import Wish
from tests.support.registry import REGISTRY

PAGE = REGISTRY.parents[1] / "docs" / "registry.md"
PAINT = ModelId("acme/paint")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> YamlModelCatalog:
    """The packaged registry with the example as one more file."""
    folder = tmp_path_factory.mktemp("with_example") / "registry"
    shutil.copytree(REGISTRY, folder)
    [example] = re.findall(r"```yaml\n(   acme/paint:.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "acme.yaml").write_text(re.sub("^   ", "", example, flags=re.MULTILINE), encoding="utf-8")
    return load_catalog(folder)


def test_it_has_five_lines_and_what_it_leaves_out_follows_from_its_id_and_its_type(catalog: YamlModelCatalog) -> None:
    [example] = re.findall(r"```yaml\n(   acme/paint:.*?)   ```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.splitlines()) == 5
    model = catalog.find(PAINT)
    assert model is not None
    assert (model.title, model.vendor, model.output, model.is_offered) == ("Acme Paint", "Acme", "image", True)


def test_it_takes_what_its_entry_says_and_refuses_the_rest(catalog: YamlModelCatalog) -> None:
    validate = ValidateInput(catalog)
    assert validate(PAINT, {"prompt": "a red fox", "aspect_ratio": "16:9"}).input["prompt"] == "a red fox"
    with pytest.raises(InvalidInput):
        validate(PAINT, {"prompt": "a red fox", "aspect_ratio": "4:3"})


def test_it_has_its_price(catalog: YamlModelCatalog) -> None:
    model = catalog.find(PAINT)
    assert model is not None
    quote = QuotePrice(catalog)(model, {"prompt": "a red fox"})
    assert (quote.credits, quote.is_exact) == (4, True)


@pytest.mark.parametrize("text", ["acme paint: a red fox", "draw a red fox with Acme Paint", "acme-paint a red fox"])
def test_it_is_heard_by_its_title_before_anyone_wrote_down_a_nickname(catalog: YamlModelCatalog, text: str) -> None:
    reading = local_reader(catalog).read_now(Wish(text=text))
    assert [one.id for one in reading.models] == [PAINT]
