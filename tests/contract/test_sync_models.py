"""The registry against a simulated KIE: nothing differs from itself, and every difference is reported and can be written."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from adapters.memory.clock import ManualClock
from application.errors import ProviderRejected, ProviderUnavailable
from config.registry_tools.change import Aspect, Change, ModelChangeKind, Obstacle
from config.registry_tools.kie_catalogue import CatalogueLimits, KieHttpCatalogue
from config.registry_tools.provider_catalogue import NoFormReason
from config.registry_tools.sync_models import NoSuchModels, Progress, SyncReport, SyncScope
from config.registry_tools.yaml_writer import RegistryText
from domain.model import NO_DEFAULT, Parameter
from simulators.kie import (
    BodyCode,
    HtmlPage,
    KieFacts,
    KieFault,
    KieSimulator,
    LostRequest,
    RawBody,
    SimulatorOptions,
    serve,
)
from tests.support.kie_client import KEY
from tests.support.live_catalogue import Raw, Workplace, doctored, live_catalogue

EDIT: Final = "google/nano-banana-edit"
WAN: Final = "wan/2-2-a14b-image-to-video-turbo"
OMNI: Final = "kling-3.0-omni/image-to-video"
SEGMENT: Final = "grok-imagine-image-2-0/segment-map"
PICTURES: Final = "4o-image-api"
OWN_ENDPOINT: Final = {"create": "/api/v1/veo/generate", "status": "/api/v1/veo/record-info"}

Doctor = Callable[[dict[str, Any]], object]
ChangeFacts = tuple[str, str, object, object]


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


def facts_of(change: Change) -> ChangeFacts:
    return change.path, str(change.aspect), short(change.before), short(change.after)


def short(value: object) -> object:
    return str(value.type) if isinstance(value, Parameter) else value


def set_in(name: str, **keys: object) -> Doctor:
    return lambda model: model["input"][name].update(keys)


def drop_key(name: str, key: str) -> Doctor:
    return lambda model: model["input"][name].pop(key)


def ignore(_: Progress) -> None:
    """No one looks."""


def all_changes(report: SyncReport) -> dict[str, str]:
    return {change.id: str(change.kind) for change in report.changes}


async def test_the_packaged_registry_does_not_differ_from_what_is_served_from_it(place: Workplace) -> None:
    registry = doctored()
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live)
    assert all_changes(report) == {}
    assert report.not_comparable == ()
    assert report.compared == sum(model["status"] == "current" for model in registry.values())


ONE_CHANGE: Final[list[tuple[str, str, Doctor, list[ChangeFacts]]]] = [
    ("a parameter added", EDIT, lambda model: model["input"].update(mood={"type": "boolean", "default": True}),
     [("mood", "added", None, "boolean")]),
    ("a parameter removed", EDIT, lambda model: model["input"].pop("output_format"),
     [("output_format", "removed", "enum", None)]),
    ("another type", WAN, lambda model: model["input"].update(seed={"type": "string", "max": 9, "required": True}),
     [("seed", "type", "number", "string")]),
    ("values added and removed", EDIT, set_in("output_format", values=["png", "webp"]),
     [("output_format", "values", ("png", "jpeg"), ("png", "webp"))]),
    ("a default that is no value any more", EDIT,
     lambda model: (model["input"]["output_format"].update(values=["jpeg", "webp"]),
                    model["input"]["output_format"].pop("default")),
     [("output_format", "values", ("png", "jpeg"), ("jpeg", "webp")), ("output_format", "default", "png", NO_DEFAULT)]),
    ("a longer text", EDIT, set_in("prompt", max=20_000), [("prompt", "max", 5000, 20_000)]),
    ("a shortest text", EDIT, set_in("prompt", min=3), [("prompt", "min", None, 3)]),
    ("fewer items", EDIT, set_in("image_urls", max=4), [("image_urls", "max", 10, 4)]),
    ("another range", WAN, set_in("seed", min=1, max=99, default=1),
     [("seed", "min", 0, 1), ("seed", "max", 2147483647, 99), ("seed", "default", 0, 1)]),
    ("another step", "wan/2-2-a14b-speech-to-video-turbo", set_in("shift", step=0.5), [("shift", "step", 0.1, 0.5)]),
    ("another default", EDIT, set_in("output_format", default="jpeg"), [("output_format", "default", "png", "jpeg")]),
    ("a first default", WAN, set_in("nsfw_checker", default=False), [("nsfw_checker", "default", NO_DEFAULT, False)]),
    ("required now", WAN, set_in("acceleration", required=True), [("acceleration", "required", False, True)]),
    ("required no more", WAN, drop_key("image_url", "required"), [("image_url", "required", True, False)]),
    ("numbers for texts", EDIT,
     lambda model: model["input"].update(output_format={"type": "enum", "value_type": "integer", "values": [1, 2]}),
     [("output_format", "values", ("png", "jpeg"), (1, 2)), ("output_format", "default", "png", NO_DEFAULT)]),
    ("a field of an object in a list", OMNI,
     lambda model: model["input"]["multi_prompt"]["items"]["fields"]["prompt"].update(max=99),
     [("multi_prompt[].prompt", "max", 512, 99)]),
    ("another pattern of a text in a list", "wan/2-7-image",
     lambda model: model["input"]["color_palette"]["items"]["fields"]["hex"].update(pattern="^[0-9A-F]{6}$"),
     [("color_palette[].hex", "pattern", "^#[0-9A-Fa-f]{6}$", "^[0-9A-F]{6}$")]),
    ("another type of a list's items", "grok-imagine-image-2-0/segment-edit",
     set_in("mask_indexs", items="string"), [("mask_indexs[]", "type", "integer", "string")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "model_id", "doctor", "expected"), ONE_CHANGE, ids=[case[0] for case in ONE_CHANGE])
async def test_one_change_is_reported_exactly_and_written_so_that_nothing_is_left(
    tmp_path: Path, what: str, model_id: str, doctor: Doctor, expected: list[ChangeFacts]
) -> None:
    place, registry = Workplace(tmp_path, model_id), doctored()
    doctor(registry[model_id])
    before = place.texts()
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live, model_id)
        [change] = report.changes
        assert (change.kind, [facts_of(one) for one in change.changes]) == (ModelChangeKind.CHANGED, expected)
        assert place.texts() == before
        assert (await place.sync(live, model_id, write=True)).open_changes == ()
        assert (await place.sync(live, model_id)).changes == ()
    assert_only_touched(before, place.texts(), {model_id})


async def test_what_a_schema_leaves_out_is_not_denied(tmp_path: Path) -> None:
    place, registry = Workplace(tmp_path, WAN, OMNI), doctored()
    for parameter in registry[WAN]["input"].values():
        for key in ("min", "max", "step", "default", "about", "media", "accepted", "max_file_mb"):
            parameter.pop(key, None)
    del registry[OMNI]["variants"]
    async with live_catalogue(registry) as (_, live):
        assert all_changes(await place.sync(live, WAN, OMNI)) == {}


def assert_only_touched(before: dict[str, str], after: dict[str, str], touched: set[str]) -> None:
    """Outside the models named, every byte is as before."""
    assert before.keys() <= after.keys()
    for name, text in before.items():
        old, new = RegistryText.parsed(text), RegistryText.parsed(after[name])
        assert old.head == new.head
        kept = old.models.keys() - touched
        assert {one: old.models[one] for one in kept} == {one: new.models[one] for one in kept}


def a_model(registry: Raw, like: str, **keys: object) -> dict[str, Any]:
    return registry[like] | {"title": "Brand New"} | keys


async def test_new_models_are_reported_and_go_into_their_vendors_files(place: Workplace) -> None:
    registry = doctored()
    registry["google/nano-banana-9"] = a_model(registry, EDIT)
    registry["kling/v9"] = a_model(registry, OMNI)
    registry["acme/one"] = a_model(registry, PICTURES, vendor="Acme & Sons")
    before = place.texts()
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live)
        assert all_changes(report) == {"acme/one": "new", "google/nano-banana-9": "new", "kling/v9": "new"}
        assert (await place.sync(live, write=True)).open_changes == ()
        assert all_changes(await place.sync(live)) == {}
    after = place.texts()
    assert after.keys() - before.keys() == {"acme_sons.yaml"}
    assert after["google.yaml"].startswith(before["google.yaml"])
    assert after["kuaishou_kling.yaml"].startswith(before["kuaishou_kling.yaml"])
    written = place.raw()["google/nano-banana-9"]
    assert (written["status"], written["vendor"], written["title"]) == ("current", "Google", "Brand New")
    assert written["source"]["pages"] == ["live catalogue"]
    assert written["input"]["image_urls"]["media"] == "image"


async def test_a_new_model_that_the_registry_has_no_words_for_is_left_to_a_person(place: Workplace) -> None:
    registry = doctored()
    registry["acme/dance"] = a_model(registry, EDIT, model_type="text_to_dance")
    registry["acme/veo"] = a_model(registry, "veo3", endpoint=OWN_ENDPOINT)
    registry["acme/chat"] = a_model(registry, "veo3", endpoint=OWN_ENDPOINT, input={"a.b": {"type": "boolean"}})
    registry["acme/empty"] = a_model(registry, EDIT, input={"what": {"type": "object", "fields": {}}})
    before = place.texts()
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live, write=True)
    assert {change.id for change in report.open_changes} == {"acme/dance", "acme/empty"}
    assert {change.id: change.obstacle for change in report.changes} == {
        "acme/dance": Obstacle.UNKNOWN_TYPE,
        "acme/chat": Obstacle.OWN_ENDPOINT,
        "acme/veo": Obstacle.OWN_ENDPOINT,
        "acme/empty": Obstacle.NO_FORM,
    }
    assert place.texts() == before


async def test_a_model_that_is_gone_is_retired_with_a_dated_note_and_may_return(place: Workplace) -> None:
    registry = doctored()
    gone = registry.pop(EDIT)
    before = place.texts()
    async with live_catalogue(registry) as (_, live):
        assert all_changes(await place.sync(live, write=True)) == {EDIT: "gone"}
        assert all_changes(await place.sync(live)) == {}
    retired = place.raw()[EDIT]
    assert retired["status"] == "retired"
    assert retired["notes"][-1].startswith("Gone from the live catalogue on 20")
    assert retired["notes"][:-1] == gone.get("notes", [])
    assert_only_touched(before, place.texts(), {EDIT})
    async with live_catalogue(doctored()) as (_, live):
        assert all_changes(await place.sync(live, write=True)) == {EDIT: "returned"}
        assert all_changes(await place.sync(live)) == {}
    assert place.raw()[EDIT]["status"] == "current"


async def test_what_the_registry_calls_suspended_renamed_or_invented_is_never_a_change(place: Workplace) -> None:
    registry = doctored()
    offered = [name for name, model in registry.items() if model["status"] in {"suspended", "renamed", "not_a_kie_id"}]
    for name in offered:
        registry[name]["status"] = "current"
        registry[name].pop("endpoint", None)
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live)
    assert all_changes(report) == {}


async def test_a_model_at_an_endpoint_of_its_own_is_not_gone_when_it_is_not_listed(place: Workplace) -> None:
    registry = doctored()
    del registry["veo3_fast"]
    google = place.directory / "google.yaml"
    own = "\nveo3_fast:\n  endpoint: {create: /api/v1/veo/generate, status: /api/v1/veo/record-info}\n"
    google.write_text(google.read_text(encoding="utf-8").replace("\nveo3_fast:\n", own), encoding="utf-8")
    async with live_catalogue(registry) as (_, live):
        assert all_changes(await place.sync(live)) == {}


async def test_forms_of_input_are_compared_by_what_they_take_and_not_by_name(tmp_path: Path) -> None:
    place, registry = Workplace(tmp_path, OMNI), doctored()
    first, second = registry[OMNI]["variants"]
    registry[OMNI]["variants"] = [second | {"name": "Two frames"}, first | {"name": "One frame"}]
    async with live_catalogue(registry) as (_, live):
        assert (await place.sync(live, OMNI)).changes == ()
        second["params"]["image_urls"] = {"min": 2, "max": 3}
        registry[OMNI]["variants"] = [first, second]
        [change] = (await place.sync(live, OMNI, write=True)).changes
        assert [one.aspect for one in change.changes] == [Aspect.VARIANTS]
        assert (await place.sync(live, OMNI)).changes == ()
    assert place.raw()[OMNI]["variants"] == [first, second]


async def test_a_parameter_comes_and_goes_with_its_place_in_forms_groups_and_conditions(tmp_path: Path) -> None:
    names = (OMNI, PICTURES, SEGMENT, "kling-3.0/video")
    place, registry = Workplace(tmp_path, *names), doctored()
    for variant in registry[OMNI]["variants"]:
        variant["fields"].remove("multi_prompt")
    del registry[OMNI]["input"]["multi_prompt"]
    del registry[PICTURES]["at_least_one"]
    del registry[PICTURES]["input"]["files_url"]
    del registry["kling-3.0/video"]["input"]["multi_shots"]
    del registry[SEGMENT]["variants"]
    registry[SEGMENT]["input"]["mood"] = {"type": "boolean"}
    async with live_catalogue(registry) as (_, live):
        assert (await place.sync(live, *names, write=True)).open_changes == ()
        assert (await place.sync(live, *names)).changes == ()
    written = place.raw()
    assert all("multi_prompt" not in variant["fields"] for variant in written[OMNI]["variants"])
    assert written[PICTURES]["at_least_one"] == [["prompt", "file_url"]]
    assert "required_when" not in written["kling-3.0/video"]["input"]["multi_prompt"]
    assert all("mood" in variant["fields"] for variant in written[SEGMENT]["variants"])


async def test_a_new_price_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    place, registry = Workplace(tmp_path, EDIT), doctored()
    rules = [
        {"credits": 5, "unit": "image", "when": {"output_format": "png"}},
        {"credits": 7.5, "unit": "image", "when": {"output_format": "jpeg"}},
    ]
    async with live_catalogue(registry, prices={EDIT: {"rules": rules}}) as (_, live):
        [change] = (await place.sync(live, EDIT, write=True)).changes
        assert [one.aspect for one in change.changes] == [Aspect.PRICE]
        assert (await place.sync(live, EDIT)).changes == ()
    assert [(one["credits"], one["unit"], one["when"], one["source"]) for one in place.raw()[EDIT]["price"]] == [
        (5, "image", {"output_format": "png"}, "live catalogue"),
        (7.5, "image", {"output_format": "jpeg"}, "live catalogue"),
    ]


async def test_a_model_that_moved_to_another_endpoint_is_left_to_a_person(tmp_path: Path) -> None:
    place, registry = Workplace(tmp_path, EDIT), doctored()
    registry[EDIT]["endpoint"] = OWN_ENDPOINT
    registry[EDIT]["input"]["prompt"]["max"] = 9
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live, EDIT, write=True)
        assert [change.id for change in report.open_changes] == [EDIT]
        [change] = (await place.sync(live, EDIT)).changes
    assert [facts_of(one) for one in change.changes] == [("", "endpoint", None, "/api/v1/veo/generate")]


async def test_a_change_the_registry_would_not_take_is_left_out_with_its_reason(tmp_path: Path) -> None:
    place, registry = Workplace(tmp_path, EDIT, WAN), doctored()
    registry[EDIT]["input"]["prompt"]["min"] = 6_000
    del registry[EDIT]["input"]["prompt"]["max"]
    registry[WAN]["input"]["prompt"]["max"] = 9
    before = place.texts()
    async with live_catalogue(registry) as (_, live):
        report = await place.sync(live, EDIT, WAN, write=True)
    [left_out] = report.unwritten
    assert (left_out.model, [change.id for change in report.open_changes]) == (EDIT, [EDIT])
    assert "input.prompt.min" in left_out.reason
    assert_only_touched(before, place.texts(), {WAN})


async def test_a_registry_written_from_the_live_catalogue_alone_says_the_same_as_our_own(tmp_path: Path) -> None:
    place, original = Workplace(tmp_path), Workplace(tmp_path / "original")
    registry = doctored()
    flat = {
        name: {"rules": [{"unit": "request"} | model["price"][0]]}
        for name, model in registry.items()
        if _has_flat_price(model)
    }
    kept = _one_of_each_type(registry) | {name for name, model in registry.items() if _is_special(model)}
    kept |= {model["alias_of"] for model in registry.values() if "alias_of" in model}
    while earlier := {one for name in kept for one in registry[name].get("follows", ())} - kept:
        kept |= earlier
    for file in place.directory.glob("*.yaml"):
        text = RegistryText.parsed(file.read_text(encoding="utf-8"))
        text.models = {name: model for name, model in text.models.items() if name in kept}
        file.write_text(text.text, encoding="utf-8") if text.models else file.unlink()
    async with live_catalogue(registry, prices=flat) as (_, live):
        report = await place.sync(live, write=True)
        assert len(report.changes) == len(registry) - len(kept)
        assert report.open_changes == ()
        assert all_changes(await place.sync(live)) == {}
    async with live_catalogue(place.raw(), prices=flat) as (_, live):
        assert all_changes(await original.sync(live)) == {}


def _has_flat_price(model: dict[str, Any]) -> bool:
    """Whether its price is one figure, which is all that prose can say without naming parameters."""
    return len(model.get("price", ())) == 1 and "per" not in model["price"][0]


def _is_special(model: dict[str, Any]) -> bool:
    return model["status"] != "current" or "endpoint" in model


def _one_of_each_type(registry: Raw) -> set[str]:
    return set({model["model_type"]: name for name, model in registry.items()}.values())


async def test_trouble_with_some_models_leaves_the_others_compared(place: Workplace) -> None:
    registry = doctored()
    registry[WAN]["input"]["prompt"]["max"] = 9
    troubles: dict[str, KieFault] = {
        EDIT: HtmlPage(502),
        SEGMENT: BodyCode(429),
        "z-image": LostRequest(),
        PICTURES: RawBody('{"code": 200, "data": {"openapi": null}}'),
        "veo3": RawBody('{"code": 200, "data": {"openapi": {"paths": []}}}'),
        OMNI: RawBody('{"code": 200, "data": ["?"]}'),
        "veo3_fast": BodyCode(404),
    }
    async with live_catalogue(registry) as (simulator, live):
        for model_id, fault in troubles.items():
            simulator.faults.add(f"/api/v1/models/{model_id}/schema", fault, times=None)
        report = await place.sync(live)
    assert all_changes(report) == {WAN: "changed"}
    assert {one.id: one.reason for one in report.not_comparable} == {
        EDIT: NoFormReason.UNAVAILABLE,
        SEGMENT: NoFormReason.UNAVAILABLE,
        "z-image": NoFormReason.UNAVAILABLE,
        PICTURES: NoFormReason.NOT_SYNCED,
        "veo3": NoFormReason.UNREADABLE,
        OMNI: NoFormReason.UNREADABLE,
        "veo3_fast": NoFormReason.NOT_SYNCED,
    }
    assert report.is_incomplete


async def test_passing_trouble_is_waited_out(tmp_path: Path) -> None:
    place = Workplace(tmp_path, EDIT)
    async with live_catalogue(doctored()) as (simulator, live):
        simulator.faults.add("/api/v1/models", HtmlPage(503))
        simulator.faults.add(f"/api/v1/models/{EDIT}/schema", BodyCode(429), times=2)
        report = await place.sync(live, EDIT)
    assert report.not_comparable == ()


@pytest.mark.parametrize(
    ("listing", "error"),
    [
        (HtmlPage(502), ProviderUnavailable),
        (BodyCode(401), ProviderRejected),
        (RawBody('{"code": 200, "data": {"total": 0, "models": []}}'), ProviderUnavailable),
        (RawBody('{"code": 200, "data": {"total": 2, "models": [{"model": "a"}]}}'), ProviderUnavailable),
        (RawBody('{"code": 200, "data": {"models": [{"slug": "a"}]}}'), ProviderUnavailable),
    ],
)
async def test_without_the_whole_list_nothing_is_called_gone(
    place: Workplace, listing: KieFault, error: type[Exception]
) -> None:
    before = place.texts()
    async with live_catalogue(doctored()) as (simulator, live):
        simulator.faults.add("/api/v1/models", listing, times=None)
        with pytest.raises(error):
            await place.sync(live, write=True)
    assert place.texts() == before


async def test_a_scope_names_models_a_vendor_or_where_to_go_on(place: Workplace) -> None:
    registry = doctored()
    google = {name for name, model in registry.items() if model["vendor"] == "Google" and model["status"] == "current"}
    steps: list[Progress] = []
    async with live_catalogue(registry) as (_, live):
        sync = place.sync_models(live)
        assert (await sync(SyncScope(vendor="google"), steps.append)).compared == len(google)
        assert [step.model for step in steps] == [*sorted(google), None]
        assert [step.done for step in steps] == list(range(len(google) + 1))
        assert (await sync(SyncScope(vendor="google", start=sorted(google)[-2]), ignore)).compared == 2
        assert (await place.sync(live, EDIT.upper())).compared == 1
        with pytest.raises(NoSuchModels, match="no/such"):
            await place.sync(live, EDIT, "no/such")
        with pytest.raises(NoSuchModels, match="Nobody"):
            await sync(SyncScope(vendor="Nobody"), ignore)


async def test_calls_keep_to_one_a_second(tmp_path: Path) -> None:
    place = Workplace(tmp_path, EDIT, WAN, OMNI)
    clock = ManualClock()
    simulator = KieSimulator(
        SimulatorOptions(catalogue_limit=1), facts=KieFacts(models=doctored()), clock=clock.monotonic
    )
    async with serve(simulator) as url, aiohttp.ClientSession() as session:
        live = KieHttpCatalogue(session, api_key=KEY, api_base=url, clock=clock, limits=CatalogueLimits(attempts=1))
        run = asyncio.create_task(place.sync(live, EDIT, WAN, OMNI))
        while not run.done():
            await asyncio.sleep(0.001)
            if clock.sleeping:
                await clock.advance(0.05)
    assert (await run).not_comparable == ()
    assert sum(simulator.account.requests.values()) == 4
    assert clock.monotonic() == pytest.approx(3 * 1.05, abs=0.1)
