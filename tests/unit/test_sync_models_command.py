"""``mediabot sync-models`` as the person or the program sees it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from attrs import define, evolve, field

from adapters.cli.progress import progress_line
from adapters.cli.terminal import Terminal
from adapters.memory.clock import ManualClock
from adapters.yaml_catalog import YamlModelCatalog
from application.errors import ProviderRejected, ProviderUnavailable
from config.registry_tools.change import Aspect, ModelChange, ModelChangeKind, Obstacle
from config.registry_tools.live_model import ListedModel, LiveForm, LivePrice
from config.registry_tools.provider_catalogue import NoForm, NoFormReason
from config.registry_tools.registry_writer import Unwritten
from config.registry_tools.sync_command import SyncOptions, SyncRegistry
from config.registry_tools.sync_models import SyncModels
from config.registry_tools.sync_words import ASPECTS, KINDS, OBSTACLES, REASONS
from domain.failure import Failure, FailureKind
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from tests.support.cli import terminal, written

PROMPT = Parameter(name="prompt", type=ParameterType.STRING, required=True, maximum=5000)
SIZE = Parameter(name="size", type=ParameterType.ENUM, values=("1K", "2K"), default="1K")
FREE = LivePrice(text="", figures=frozenset())


def form(*parameters: Parameter) -> LiveForm:
    return LiveForm(parameters={one.name: one for one in parameters})


def model(model_id: str, *parameters: Parameter) -> Model:
    return Model(
        id=ModelId(model_id),
        title=model_id,
        vendor="Acme",
        type=ModelType.TEXT_TO_IMAGE,
        output=MediaKind.IMAGE,
        status=ModelStatus.CURRENT,
        parameters={one.name: one for one in parameters or (PROMPT, SIZE)},
    )


@define
class Catalogue:
    """What the provider offers, by id; or the error it answers with."""

    forms: Mapping[str, LiveForm | NoForm]
    error: Exception | None = None
    price_of_all: LivePrice = FREE
    asked: asyncio.Event = field(factory=asyncio.Event)
    stalled: str = ""

    async def listing(self) -> Sequence[ListedModel]:
        if self.error:
            raise self.error
        kinds = (ModelType.TEXT_TO_IMAGE,)
        return [
            ListedModel(id=ModelId(name), title=name, vendor="Acme", types=kinds, price=self.price_of_all)
            for name in self.forms
        ]

    async def form(self, model: ModelId, /) -> LiveForm | NoForm:
        if model == self.stalled:
            self.asked.set()
            await asyncio.Event().wait()
        return self.forms[model]

    async def price(self, model: ModelId, /) -> LivePrice | None:
        return None


@define
class Writer:
    """Takes everything but what it was asked to refuse."""

    refused: Sequence[Unwritten] = ()
    error: OSError | None = None
    changes: Sequence[ModelChange] = ()

    def write(self, changes: Sequence[ModelChange], /, *, on: date) -> Sequence[Unwritten]:
        if self.error:
            raise self.error
        self.changes = changes
        return self.refused


def command(here: Terminal, live: Catalogue, writer: Writer | None = None) -> SyncRegistry:
    sync = SyncModels(
        catalog=YamlModelCatalog([model("a/one"), model("a/two")]),
        live=live,
        writer=writer or Writer(),
        clock=ManualClock(),
    )
    return SyncRegistry(sync_models=sync, terminal=here, progress=progress_line(here.err))


SAME = Catalogue({"a/one": form(PROMPT, SIZE), "a/two": form(PROMPT, SIZE)})
OTHER = Catalogue(
    {
        "a/one": form(evolve(PROMPT, maximum=20_000), evolve(SIZE, values=("1K", "4K"), required=True)),
        "a/three": form(PROMPT),
        "a/four": NoForm(reason=NoFormReason.NOT_SYNCED),
    },
    price_of_all=LivePrice(text="20 credits, or 40", figures=frozenset({20.0})),
)


async def test_nothing_to_tell_is_status_0() -> None:
    here = terminal()
    assert await command(here, SAME)(SyncOptions()) == 0
    assert written(here.out) == ""
    assert written(here.err).splitlines()[-1] == "2 models compared, 0 different."


async def test_differences_are_lines_to_review_and_status_1() -> None:
    here = terminal()
    writer = Writer()
    assert await command(here, OTHER, writer)(SyncOptions()) == 1
    assert written(here.out).splitlines() == [
        "a/four is new",
        "  There is no schema that says what it takes. (by hand)",
        "a/one has changed",
        "  prompt: max 5000 → 20000",
        "  size: required now",
        "  size: values +4K -2K",
        "  price: none → 20 credits, or 40 (by hand)",
        "a/three is new",
        "  prompt: string, required, max 5000",
        "a/two is gone",
    ]
    assert written(here.err).splitlines()[-1] == "Nothing was written; --write does."
    assert writer.changes == ()


async def test_written_differences_are_status_0_unless_something_is_left() -> None:
    here = terminal()
    live = Catalogue({"a/one": form(PROMPT, SIZE)})
    writer = Writer()
    assert await command(here, live, writer)(SyncOptions(write=True)) == 0
    assert [change.id for change in writer.changes] == ["a/two"]
    assert written(here.err).splitlines()[-1] == "Everything is written."
    refused = Writer(refused=[Unwritten(model=ModelId("a/two"), reason="odd")])
    assert await command(here, live, refused)(SyncOptions(write=True)) == 1
    assert written(here.out).splitlines()[-1] == "a/two stays as it was: odd"
    assert written(here.err).splitlines()[-1] == "Written; 1 model is left to a person."


async def test_a_program_gets_everything_as_json() -> None:
    here = terminal()
    assert await command(here, OTHER)(SyncOptions(json=True)) == 1
    report = json.loads(written(here.out))
    assert (report["ok"], report["compared"], report["written"]) == (False, 4, False)
    by_id = {one["model"]: one for one in report["models"]}
    assert {name: one["change"] for name, one in by_id.items()} == {
        "a/four": "new", "a/one": "changed", "a/three": "new", "a/two": "gone",
    }  # fmt: skip
    assert by_id["a/four"]["obstacle"] == "no_form"
    assert by_id["a/three"]["parameters"] == {"prompt": {"type": "string", "required": True, "max": 5000}}
    assert by_id["a/one"]["changes"][0] == {
        "path": "prompt", "aspect": "max", "before": 5000, "after": 20_000, "needs_person": False,
    }  # fmt: skip
    price = by_id["a/one"]["changes"][-1]
    assert price["after"] == {"text": "20 credits, or 40", "unit": None, "credits": None}
    assert price["needs_person"]


@pytest.mark.parametrize(
    ("reason", "status"), [(NoFormReason.NOT_SYNCED, 0), (NoFormReason.UNREADABLE, 0), (NoFormReason.UNAVAILABLE, 1)]
)
async def test_a_model_without_a_schema_is_named_and_only_silence_leaves_something_open(
    reason: NoFormReason, status: int
) -> None:
    here = terminal()
    live = Catalogue({"a/one": NoForm(reason=reason, detail="code 429"), "a/two": form(PROMPT, SIZE)})
    assert await command(here, live)(SyncOptions()) == status
    [line] = written(here.out).splitlines()
    assert line.startswith("a/one can't be compared: ")
    assert line.endswith("(code 429)")


async def test_names_no_one_knows_are_wrong_use() -> None:
    here = terminal()
    assert await command(here, SAME)(SyncOptions(models=["a/one", "b/none"])) == 2
    assert written(here.err).endswith("There is nothing to compare under b/none.\n")


async def test_files_that_cannot_be_written_are_wrong_use() -> None:
    here = terminal()
    writer = Writer(error=PermissionError(13, "Permission denied", "/r/acme.yaml"))
    assert await command(here, OTHER, writer)(SyncOptions(write=True)) == 2
    assert written(here.err).splitlines()[-1] == "“/r/acme.yaml” can't be written: Permission denied"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ProviderUnavailable("code 455"), "The provider's catalogue can't be read: code 455"),
        (ProviderRejected(Failure(kind=FailureKind.UNAUTHORISED, provider_code="401")), "The provider's catalogue"),
    ],
)
async def test_a_catalogue_that_cannot_be_read_is_a_failure(error: Exception, said: str) -> None:
    here = terminal()
    assert await command(here, Catalogue({}, error=error))(SyncOptions(write=True)) == 1
    assert said in written(here.err)


async def test_anyone_who_stops_waiting_sees_what_was_found_and_how_to_go_on() -> None:
    here = terminal()
    live = evolve(OTHER, stalled="a/three")
    writer = Writer()
    run = asyncio.create_task(command(here, live, writer)(SyncOptions(write=True)))
    await live.asked.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert "a/one has changed" in written(here.out)
    assert written(here.err).splitlines()[-1] == "Stopped, nothing was written. --from a/three goes on from here."
    assert writer.changes == ()


def test_there_are_words_for_everything_that_can_be_found() -> None:
    assert (set(ASPECTS), set(KINDS)) == (set(Aspect), set(ModelChangeKind))
    assert (set(OBSTACLES), set(REASONS)) == (set(Obstacle), set(NoFormReason))


async def test_russian_says_the_same() -> None:
    here = terminal(language="ru")
    assert await command(here, OTHER)(SyncOptions()) == 1
    assert "  size: теперь обязателен" in written(here.out).splitlines()
    assert "Сверены 4 модели, отличий: 4." in written(here.err).splitlines()
