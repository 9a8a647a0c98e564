"""Thousands of almost right inputs from outside. A long run: ``FUZZ_ROUNDS=50 FUZZ_SEED=7 make fuzz``.

A round is 500 requests, 4,000 answers of KIE's, 2,000 addresses, 1,200 registries, 500 command lines and 2,550 lines of batches.
CI plays two.
"""

import asyncio
import io
import json
import os
import random
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from structlog.testing import capture_logs

from adapters.kie_http.dialects import MARKET
from adapters.kie_http.results import UnreadableResult, results_of
from adapters.yaml_catalog import RegistryError, load_catalog
from config.database_url import database_url
from config.main import dispatch
from domain.media import MediaKind
from tests.support.ops_port import PATH, is_healthy, listening

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "2"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
LIMIT_S: Final = 120 + 90 * ROUNDS
"""A round of command lines takes 8 seconds, and ten times as long on a machine that does other things besides."""
REQUEST = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
ODD: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x" * 5000,
    0,
    -1,
    10**40,
    1e308,
    float("nan"),
    True,
    [],
    {},
    [[[]]],
    "\x00",
    "{",
    '"a"',
)


def mangled(chance: random.Random, data: bytes) -> bytes:
    """The same with a few bytes changed, doubled, left out or added."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(out) or 1)
        match chance.randrange(4):
            case 0:
                out[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                out[place:place] = out[place : place + chance.randrange(40)]
            case 2:
                del out[place : place + chance.randrange(40)]
            case _:
                out[place:place] = chance.randbytes(chance.randrange(30))
    return bytes(out)


async def test_the_port_answers_health_and_logs_no_error_whatever_is_sent() -> None:
    chance = random.Random(SEED)
    with capture_logs() as lines:
        async with listening(most=64) as server:
            for _ in range(500 * ROUNDS):
                _, writer = await asyncio.open_connection("127.0.0.1", server.port)
                writer.write(mangled(chance, REQUEST.encode() + b'{"taskId":"t1"}'))
                await asyncio.sleep(0)
                writer.close()
            assert await is_healthy(server)
    assert not [line for line in lines if line["log_level"] == "error"]


@pytest.mark.parametrize("output", [MediaKind.IMAGE, MediaKind.TEXT])
def test_every_field_of_an_answer_may_be_absent_null_of_another_type_or_huge(output: MediaKind) -> None:
    chance = random.Random(SEED)
    whole = {
        "taskId": "t1", "state": "success", "resultJson": json.dumps({"resultUrls": ["https://a.example/1.png"]}),
        "failCode": "", "failMsg": "", "createTime": 1, "completeTime": 5, "costTime": 4, "creditsConsumed": 4.0,
        "response": {"resultUrls": ["https://a.example/1.png"], "resultObject": {"text": "words"}},
    }  # fmt: skip
    for _ in range(2000 * ROUNDS):
        answer: dict[str, Any] = dict(whole)
        for name in chance.sample(sorted(whole), chance.randint(1, 4)):
            answer[name] = chance.choice(ODD)
            if chance.random() < 0.3:
                del answer[name]
        record = MARKET.record(answer)
        assert record.credits is None or record.credits >= 0
        try:
            assert len(results_of(record.payloads, output)) <= 100
        except UnreadableResult:
            continue


def test_an_address_of_a_database_is_taken_or_refused_with_a_sentence() -> None:
    chance = random.Random(SEED)
    whole = b"postgresql://user:secret@db.example.com:5432/bot?sslmode=require&connect_timeout=5"
    for _ in range(2000 * ROUNDS):
        try:
            assert database_url(mangled(chance, whole).decode(errors="replace")).startswith("postgresql://")
        except ValueError as error:
            assert "secret" not in str(error)  # noqa: PT017 - most inputs raise nothing


REGISTRY: Final = files("config") / "registry"
SEEDS: Final = ("recraft.yaml", "midjourney.yaml", "topaz_labs.yaml", "runway.yaml")
"""Files of the registry from which the broken ones are made."""
BOMBS: Final = {
    "aliases without end": "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True)),
    "a loop": "a: &a {title: *a}\n",
    "deep": "a: " + "[" * 5000 + "]" * 5000,
    "code": "a: !!python/object/apply:os.system ['false']\n",
    "binary": "a/model: !!binary aGVsbG8=\n",
    "dates and octals": "2026-01-01: 0o17\n1e3: .inf\n~: ~\n",
    "merge": "base: &b {title: x}\na/model:\n  <<: [*b, 5]\n",
}  # fmt: skip


def broken(chance: random.Random, value: Any) -> Any:
    """The same data with one part replaced, left out, doubled or misnamed, at any depth."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        changed = dict(value)
        match chance.randrange(6):
            case 0:
                changed[name] = chance.choice(ODD)
            case 1:
                del changed[name]
            case 2:
                changed[chance.choice(["titel", 5, None, "x" * 300, str(name) + "_"])] = changed.pop(name)
            case _:
                changed[name] = broken(chance, value[name])
        return changed
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        kept = [*value[:place], broken(chance, value[place]), *value[place + 1 :]]
        return kept * 2 if chance.random() < 0.1 else kept
    return chance.choice(ODD)


def as_yaml(data: Any) -> str:
    """The text of it, by the C library where PyYAML has it: the other is a hundred times slower."""
    text: str = yaml.dump(data, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))
    return text


def is_read(folder: Path, text: str | bytes) -> bool:
    """Whether a registry of this one file is taken; if not, the refusal names faults and raises nothing else."""
    (folder / "a.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load_catalog(folder)
    except RegistryError as error:
        assert error.faults  # noqa: PT017 - most raise nothing
        return False
    return True


@pytest.mark.timeout(LIMIT_S)
def test_any_yaml_is_a_registry_or_a_list_of_faults(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    texts = [(REGISTRY / name).read_bytes() for name in SEEDS]
    entries = [entry for text in texts for entry in yaml.safe_load(text).items()]
    for _ in range(1000 * ROUNDS):
        name, entry = chance.choice(entries)
        for _ in range(chance.randint(1, 3)):
            entry = broken(chance, entry)
        is_read(tmp_path, as_yaml({name: entry}))
    for _ in range(200 * ROUNDS):
        name, entry = chance.choice(entries)
        is_read(tmp_path, mangled(chance, as_yaml({name: entry}).encode()))


@pytest.mark.parametrize("kind", BOMBS)
def test_yaml_that_is_made_to_hurt_is_refused(tmp_path: Path, kind: str) -> None:
    assert not is_read(tmp_path, BOMBS[kind])


COMMANDS: Final = (
    "validate", "price", "models", "read", "generate", "sanity", "sync-models", "keys", "bots", "export",
    "forget", "backup", "restore", "reconcile", "mgirate", "",
)  # fmt: skip
"""Without those that go on until they are stopped, and those that ask the network."""
WORDS: Final = (
    "-p", "--param", "--input", "--batch", "--json", "--force", "--type", "--all", "--yes", "--save", "--vendor", "--from",
    "--write", "--registry", "--user", "--to", "--help", "--version", "--", "-", "--no-json", "--param=", "-pp", "-h",
    "create", "list", "revoke", "add", "remove", "rotate", "z-image", "recraft/remove-background", "kling", "prompt=a fox",
    "prompt=", "=", "prompt", "aspect_ratio=16:10", "image=@", "image=@/no/such/file", "image=@.", "a.b.c=1", "[0]=1",
    "text_to_image", "telegram:5", "no.json", ".", "\x00", "\ud800", "💥" * 50, "x" * 3000, "-1", "1e999", "{}", "NaN",
)  # fmt: skip


@pytest.mark.timeout(LIMIT_S)
def test_any_command_line_ends_with_a_status_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("KIE_", "TELEGRAM_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KIE_API_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    for _ in range(500 * ROUNDS):
        arguments = [chance.choice(COMMANDS), *chance.choices(WORDS, k=chance.randrange(7))]
        monkeypatch.setattr(
            "sys.stdin", io.StringIO(chance.choice(["", "{", '{"prompt": 5}', "[[[[", "\ufeff{}", "5\n5"]))
        )
        status = dispatch(arguments)
        printed = capfd.readouterr()
        assert status in {0, 1, 2}, arguments
        assert "Traceback" not in printed.err, arguments
        assert status == 0 or printed.err or printed.out, arguments


def test_any_line_of_a_batch_is_answered_with_a_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(SEED)
    whole = json.dumps(
        {"model": "kling-2.6/text-to-video", "input": {"prompt": "a fox", "duration": "5", "sound": False}}
    )
    for command, count in (("validate", 2000), ("price", 500), ("read", 50)):
        lines = [mangled(chance, whole.encode()).decode(errors="replace") for _ in range(count * ROUNDS)]
        lines = [line.replace("\n", " ").replace("\r", " ") or "{}" for line in lines]
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
        assert dispatch([command, "--batch"]) in {0, 1}
        printed = capfd.readouterr()
        answers = [json.loads(line) for line in printed.out.splitlines()]
        assert len(answers) == len([line for line in lines if line.strip()])
        assert "Traceback" not in printed.err
