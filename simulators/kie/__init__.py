"""The KIE API as a real HTTP server, for tests and for the demo, written from gathered facts.

It shares no code with the client that talks to it, and no facts with the service's registry: it judges and
bills by `facts/`, which `scripts/renew_kie_facts.py` writes. It checks the shape of every input, the rules
between parameters and the files (type, sides, seconds, megabytes, measured on what was uploaded), bills as
KIE's price list says, runs tasks by the clock, calls back with signatures, keeps the account's limits and
credits, and hands out files that can be looked at and played. Where a price is known as a range only, the
bill lies inside it, and `Task.bill.note` says what is not known.

    simulator = KieSimulator(SimulatorOptions(duration_s=2))
    async with serve(simulator, port=8090) as base_url: ...

Any text of an input may carry orders, so that failures can be tried by hand:

| order | effect |
| --- | --- |
| `!refuse 402 message` | the creation is refused with this code (422 when left out) |
| `!fail 501 message` | the task fails with this code (501) and message |
| `!slow 20` | the task takes so many seconds more (20) |
| `!empty` | the task succeeds without any result |
| `!badjson` | the task succeeds and its resultJson cannot be read |
| `!big 60` | every result file is padded to so many MB (60) |
| `!gone` | the result URLs answer 404 |
| `!redirect` | the result URLs redirect to a private address |
"""

from .account import CreateCall, KieAccount, ReadCall
from .billing import Bill
from .callbacks import CallbackAttempt, CallbackBehaviour, CallbackSender
from .faults import (
    BodyCode,
    FaultPlan,
    HtmlPage,
    HugeBody,
    KieFault,
    LostAnswer,
    LostRequest,
    RawBody,
    Redirect,
    SlowAnswer,
)
from .known_facts import KieFacts, known_facts
from .options import NO_LIMIT, SimulatorOptions
from .prompt_orders import ScriptedAnswer
from .simulator import KieSimulator, serve
from .tasks import KieTask

__all__ = [
    "NO_LIMIT",
    "Bill",
    "BodyCode",
    "CallbackAttempt",
    "CallbackBehaviour",
    "CallbackSender",
    "CreateCall",
    "FaultPlan",
    "HtmlPage",
    "HugeBody",
    "KieAccount",
    "KieFacts",
    "KieFault",
    "KieSimulator",
    "KieTask",
    "LostAnswer",
    "LostRequest",
    "RawBody",
    "ReadCall",
    "Redirect",
    "ScriptedAnswer",
    "SimulatorOptions",
    "SlowAnswer",
    "known_facts",
    "serve",
]
