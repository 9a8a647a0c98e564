"""Whose a page is, and what an answer may do in a browser."""

import re
from collections.abc import Mapping

from adapters.system.machine import SystemIds
from adapters.web.paths import PERSON
from adapters.web.visit import FURTHER_BOT
from application.limits import Limit
from application.operating.create_api_key import CreateApiKey
from domain.api_key import ApiKeyId
from domain.draft import Draft, DraftId
from domain.generation import GenerationId
from domain.kept_media import MediaId
from domain.media import MediaFile
from domain.preset import Preset, PresetId
from domain.reference_set import ReferenceKind, ReferenceSet, ReferenceSetId
from domain.web_session import SessionId
from tests.support.audit import an_audit
from tests.support.generations import ANN, BOB, NOON
from tests.support.studio import MODEL, Browser, Studio, made

PLACE = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}")
"""A place in a route's path: its name, and maybe a pattern, which may hold braces."""


async def of_ann(studio: Studio, photo: MediaFile) -> dict[str, str]:
    """One thing of each kind that is Ann's: the name of its place in a path, and its id."""
    generation = made(studio)
    media = await studio.keep(photo, ANN, generation)
    draft = Draft(
        id=DraftId("annsdraft1"),
        user=ANN,
        destination=generation.destination,
        model_id=generation.model_id,
        values={"mask_url": media.attachment, "image_url": media.attachment},
        updated_at=NOON,
    )
    await studio.drafts.save(draft)
    preset = Preset(id=PresetId("annspreset"), owner=ANN, name="Fox", model_id=MODEL, values={}, created_at=NOON)
    await studio.presets.add(preset, limit=Limit("presets", 9))
    reference = ReferenceSet(
        id=ReferenceSetId("annsfox"),
        owner=ANN,
        name="fox",
        kind=ReferenceKind.CHARACTER,
        media=(media.id,),
        created_at=NOON,
    )
    await studio.references.add(reference, limit=Limit("references", 9))
    [session] = [one for one in studio.sessions.sessions.values() if one.user == ANN]
    create_key = CreateApiKey(keys=studio.api_keys, ids=SystemIds(), clock=studio.world.clock, audit=an_audit())
    key, _ = await create_key("program", ANN)
    return {
        "key": key.id,
        "generation": generation.id,
        "media": media.id,
        "draft": draft.id,
        "preset": preset.id,
        "session": session.id,
        "person": ANN,
        "found": generation.id,
        "reference": reference.id,
        "index": "0",
        "parameter": "mask_url",
    }


def filled(path: str, ids: Mapping[str, str]) -> str:
    """The path of a route with an id in each place; a pattern may hold braces of its own."""
    return PLACE.sub(lambda place: ids.get(place[1], place[0]), path)


async def test_another_persons_ids_lead_nowhere_on_any_path(
    studio: Studio, ann: Browser, bob: Browser, photo: MediaFile
) -> None:
    ids = await of_ann(studio, photo)
    kept = await held(studio, ids)
    tried = 0
    for route in studio.site.routes:
        is_desk = "/desk/" in route.path
        path = filled(route.path, ids)
        if not route.path.startswith("/studio") or (path == route.path and not is_desk):
            continue
        if route.method == "GET":
            answer = await bob.get(path)
        else:
            answer = await bob.post(path, json={"parameter": "prompt", "value": "mine", "name": "mine"})
        assert answer.status == (403 if is_desk else 404), f"{route.method} {path}: {answer.status}"
        tried += 1
    assert tried >= 25
    assert None not in kept
    assert await held(studio, ids) == kept


async def held(studio: Studio, ids: Mapping[str, str]) -> list[object]:
    """What the stores hold of them."""
    return [
        studio.world.store.rows.get(GenerationId(ids["generation"])),
        studio.drafts.drafts.get(DraftId(ids["draft"])),
        studio.presets.presets.get(PresetId(ids["preset"])),
        studio.sessions.sessions.get(SessionId(ids["session"])),
        await studio.api_keys.get(ApiKeyId(ids["key"])),
        await studio.media_index.get(MediaId(ids["media"])),
    ]


async def test_every_path_that_changes_something_wants_a_page_of_our_own(studio: Studio, ann: Browser) -> None:
    ann.csrf = "another"
    posts = [route for route in studio.site.routes if route.method == "POST" and "sign-in" not in route.path]
    assert posts
    for route in posts:
        path = route.path.replace(FURTHER_BOT, "").replace("/app/", "/studio/")
        for name in ("draft", "generation", "key", "preset", "reference", "session"):
            path = path.replace(f"{{{name}:[a-z0-9]{{1,32}}}}", "x")
        path = path.replace(f"{{person:{PERSON}}}", BOB)
        await studio.world.clock.advance(1200)  # some are limited to three an hour
        assert (await ann.post(path, json={})).status == 403, path


async def test_a_request_from_another_site_is_refused_even_with_the_token(ann: Browser) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert (await ann.post("/studio/account/language", data={"language": "ru"}, headers=headers)).status == 403


async def test_every_answer_keeps_scripts_and_frames_of_others_out(studio: Studio, ann: Browser) -> None:
    for path in ("/studio", "/studio/library", "/studio/nothing-here", "/studio/sign-in", "/studio/generations/x"):
        answer = await ann.get(path)
        if answer.status == 404 and "Content-Security-Policy" not in answer.headers:
            continue  # no path of our own
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    html = await (await ann.get("/studio")).text()
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html


async def test_words_are_escaped_wherever_they_are_shown(studio: Studio, ann: Browser) -> None:
    generation = made(studio, input={"prompt": "<script>alert(1)</script>"})
    for path in ("/studio", "/studio/library", f"/studio/generations/{generation.id}"):
        html = await (await ann.get(path)).text()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html
