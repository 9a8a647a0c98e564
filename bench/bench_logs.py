"""What a log line costs, and one that its level switches off: ``python -m bench.bench_logs``.

As the service logs: JSON, four secrets to mask, to a file that swallows everything.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import structlog
from rich.table import Table

from bench.aims import Aim, at_most, console, run_alone
from config.logs import configure_logging

ROUNDS: Final = 15
LINES: Final = 10_000
SECRETS: Final = ("1234567890:" + "a" * 35, "b" * 32, "c" * 40, "postgresql://bot:secret@database.example/bot")
EVENT: Final = {"generation_id": "abcdefghijklmnop", "task_id": "0123456789abcdef" * 2, "took_s": 8.123}


def microseconds(work: Callable[[], object]) -> float:
    """CPU time of one call, in the quickest of some rounds: what is slower is the machine's doing."""
    rounds = []
    for _ in range(ROUNDS):
        began_s = time.process_time()
        for _ in range(LINES):
            work()
        rounds.append((time.process_time() - began_s) / LINES * 1e6)
    return min(rounds)


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print the table."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        configure_logging(form="json", level="info", secrets=SECRETS, stream=nowhere)
        log: Any = structlog.get_logger()
        line = microseconds(lambda: log.info("generation.succeeded", **EVENT))
        with structlog.contextvars.bound_contextvars(update_id=1, user_id="telegram:1"):
            bound = microseconds(lambda: log.info("generation.succeeded", **EVENT))
        off = microseconds(lambda: log.debug("task.read", **EVENT))
        bare = microseconds(lambda: nowhere.write(json.dumps(EVENT)))
    table = Table("", "µs", "× json.dumps and write", title="a log line")
    for name, cost in {
        "JSON, three fields": line,
        "the same with a person's context": bound,
        "switched off": off,
        "json.dumps and write": bare,
    }.items():
        table.add_row(name, f"{cost:.2f}", f"{cost / bare:.2f}")
    console().print(table)
    return [
        at_most("logs: a line", line, 5, unit=" µs"),
        at_most("logs: a line that is switched off", off, 1, unit=" µs"),
    ]


if __name__ == "__main__":
    run_alone(main)
