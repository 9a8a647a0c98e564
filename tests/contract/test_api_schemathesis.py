"""Schemathesis against the API's own document: every operation, and the links from one to the next.

It runs against the API on fakes: what is tried is the form of requests and answers, not the stores.
"""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.support.studio import Studio

CONFIGURATION = Path(__file__).parents[1] / "support" / "schemathesis.toml"
EXAMPLES = os.environ.get("FUZZ_ROUNDS", "4")
SEED = os.environ.get("FUZZ_SEED", "1")


@pytest.mark.timeout(600)
async def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    async with Studio().serving() as studio:
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("st")),
            f"--config-file={CONFIGURATION}",
            "run",
            f"{studio.base}/api/v1/openapi.json",
            f"--header=Authorization: Bearer {await studio.key()}",
            f"--max-examples={EXAMPLES}",
            f"--seed={SEED}",
            "--request-timeout=10",
            "--generation-database=none",
            "--no-color",
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()
        assert studio.world.store.rows, "no generation was begun, so nothing about one was tried"
