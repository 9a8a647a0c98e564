"""Every model of the registry, created and read by KIE's adapter on the simulated KIE."""

from collections.abc import Mapping
from pathlib import Path

import aiohttp

from adapters.kie_http import KieHttpProvider
from adapters.system.machine import SystemClock
from application.ports.media_provider import Submission, TaskSucceeded
from domain.generation import Result
from domain.media import MediaFile, MediaKind
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions, serve
from simulators.kie.known_facts import known_facts
from simulators.kie.result_shapes import SONG_ID_HEAD
from tests.support.kie_client import SAMPLES
from tests.support.kie_registry import minimal_input, raw_registry
from tests.support.kie_rules import obeying
from tests.support.registry import catalog, model

OPTIONS = SimulatorOptions(
    duration_s=0.0, credits=1e9, creation_limit=NO_LIMIT, read_limit=NO_LIMIT, refused_statuses=frozenset()
)
MIMES = {"image": "image/png", "video": "video/mp4", "audio": "audio/mpeg", "document": "application/pdf"}


PLAIN_SONG = {"custom_mode": False, "instrumental": False}


def song_of(task_id: str) -> str:
    """The id of the first song that the simulator makes in a task."""
    return f"{task_id[:SONG_ID_HEAD]}-0"


async def uploaded(provider: KieHttpProvider, folder: Path) -> Mapping[str, str]:
    urls = {}
    for kind, content in SAMPLES.items():
        path = folder / kind
        path.write_bytes(content)
        file = MediaFile(path=path, name=kind, mime=MIMES[kind], size_bytes=len(content))
        urls[kind] = await provider.upload(file)
    return urls


async def test_every_model_of_the_registry_ends_in_results_of_its_kind(tmp_path: Path) -> None:
    clock = SystemClock()
    results: dict[str, tuple[Result, ...]] = {}
    async with serve(KieSimulator(OPTIONS)) as base, aiohttp.ClientSession() as session:
        provider = KieHttpProvider(session, api_key=OPTIONS.api_key, api_base=base, upload_base=base, clock=clock)
        files = await uploaded(provider, tmp_path)
        earlier = await provider.submit(Submission(model=model("google/nano-banana"), input={"prompt": "a fox"}))
        music = Submission(
            model=model("ai-music-api/generate"), input={"prompt": "a song", "model": "V6", **PLAIN_SONG}
        )
        sung = await provider.submit(music)
        await provider.look_up(music.model, sung, submitted_at=clock.now())
        for model_id, raw in raw_registry().items():
            if model_id not in known_facts().models:
                continue  # the simulator makes what KIE documents
            entry = model(model_id)
            needs_song = "audio_id" in entry.parameters
            source = sung if needs_song else earlier
            minimal = minimal_input(raw, files.__getitem__, source)
            minimal |= {"audio_id": song_of(sung)} if "audio_id" in minimal else {}
            given = obeying(model_id, minimal, files.__getitem__, source, song_of(sung))
            task_id = await provider.submit(Submission(model=entry, input=given))
            report = await provider.look_up(entry, task_id, submitted_at=clock.now())
            assert isinstance(report, TaskSucceeded), (model_id, report)
            results[model_id] = report.results

    assert results.keys() == {one.id for one in catalog().models()} & known_facts().models.keys()
    for model_id, found in results.items():
        assert {result.kind for result in found} == {model(model_id).output}, model_id
    assert all(r.text for found in results.values() for r in found if r.kind is MediaKind.TEXT)
