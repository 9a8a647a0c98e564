"""A bare client of the KIE API for tests: it knows paths and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
from PIL import Image

from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions, serve

KEY = "simulator-key"
CREATE = "/api/v1/jobs/createTask"
STATUS = "/api/v1/jobs/recordInfo"
PICTURE_MODEL = "google/nano-banana"
FREE_RUN: Mapping[str, Any] = {
    "creation_limit": NO_LIMIT,
    "read_limit": NO_LIMIT,
    "catalogue_limit": NO_LIMIT,
    "duration_s": 0.0,
    "refuse_unknown_fields": True,
    "refused_statuses": frozenset(),
}


def png_bytes(size: tuple[int, int] = (768, 720)) -> bytes:
    """A picture of one colour that is large enough for every model."""
    file = BytesIO()
    Image.new("RGB", size, (200, 60, 20)).save(file, "PNG")
    return file.getvalue()


# Enough of a file of each kind to be taken for one.
SAMPLES: Mapping[str, bytes] = {
    "image": png_bytes(),
    "video": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2",
    "audio": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "document": b"%PDF-1.7",
}


class KieClient:
    """JSON over one session with the right key."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def post(self, path: str, body: object) -> Any:
        """POST a JSON body and return the answer's."""
        async with self.session.post(path, json=body) as response:
            return await response.json()

    async def get(self, path: str, **query: str) -> Any:
        """GET and return the answer's JSON."""
        async with self.session.get(path, params=query) as response:
            return await response.json()

    async def create(self, model: str = PICTURE_MODEL, /, callback: str | None = None, **given: Any) -> Any:
        """Ask for a task and return the whole answer."""
        body = {"model": model, "input": given} | ({"callBackUrl": callback} if callback else {})
        return await self.post(CREATE, body)

    async def start(self, model: str = PICTURE_MODEL, /, callback: str | None = None, **given: Any) -> str:
        """Start a task that must be accepted and return its id."""
        answer = await self.create(model, callback, **given)
        assert answer["code"] == 200, answer
        return str(answer["data"]["taskId"])

    async def record(self, task_id: str) -> Any:
        """Read a task and return `data`."""
        answer = await self.get(STATUS, taskId=task_id)
        assert answer["code"] == 200, answer
        return answer["data"]

    async def finished(self, task_id: str) -> Any:
        """Read a task until it has ended and return `data`."""
        async with asyncio.timeout(30):
            while (record := await self.record(task_id))["state"] not in ("success", "fail"):
                await asyncio.sleep(0.01)
        return record

    async def upload(self, data: bytes, name: str, path: str = "tests") -> Any:
        """Upload bytes as a stream and return the whole answer."""
        form = aiohttp.FormData({"uploadPath": path}, quote_fields=False)
        form.add_field("file", data, filename=name)
        async with self.session.post("/api/file-stream-upload", data=form) as response:
            return await response.json()

    async def file_urls(self) -> dict[str, str]:
        """Upload one file of each kind and return their URLs."""
        answers = {kind: await self.upload(data, kind) for kind, data in SAMPLES.items()}
        return {kind: answer["data"]["downloadUrl"] for kind, answer in answers.items()}

    async def download(self, url: str) -> tuple[int, str, bytes]:
        """Fetch a file without following redirects: status, type, bytes."""
        async with self.session.get(url, allow_redirects=False) as response:
            return response.status, response.content_type, await response.read()


@asynccontextmanager
async def running_kie(**options: Any) -> AsyncIterator[tuple[KieSimulator, KieClient]]:
    """Serve a simulator that finishes tasks at once and has no limits, unless the options say otherwise."""
    simulator = KieSimulator(SimulatorOptions(**{**FREE_RUN, **options}))
    headers = {"Authorization": f"Bearer {KEY}"}
    async with serve(simulator) as url, aiohttp.ClientSession(url, headers=headers) as session:
        yield simulator, KieClient(session)
