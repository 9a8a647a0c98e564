"""The command line: `mediabot --help`. Each command imports what it needs, so that the light ones stay light."""

import asyncio
import faulthandler
import gc
import os
import sys
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number

from config.command_line import WhichBot, interruptible, new_file, person_named, settings_of_environment, usable
from config.directory_commands import accounts, bots, keys
from config.exit_status import status_of
from config.logs import configure_logging
from config.registry_commands import set_price, sync_models, sync_prices
from config.settings import SERVICE, Settings
from domain.model import ModelType

app = App(
    name="mediabot",
    help="A Telegram bot by which anyone makes images, video, audio and text with any model of KIE.ai.",
    version=lambda: version("mediabot"),
    help_format="plaintext",
    result_action="return_value",
)

Assignments = Annotated[
    list[str] | None,
    Parameter(name=["-p", "--param"], help="name=value; name=@FILE sends a local file; repeat for a list"),
]
InputFile = Annotated[str | None, Parameter(help="a JSON file with the input, - for standard input")]
Batch = Annotated[bool, Parameter(negative=(), help="JSON lines in, JSON lines out")]


@app.command
def run() -> int:
    """The service: bot and HTTP port, leader or standby. Stops cleanly on SIGTERM."""
    gc.disable()  # nothing that is loaded here is garbage; looking for some takes a sixth of the time
    from config.service import serve

    gc.enable()
    faulthandler.enable(sys.__stderr__ or sys.stderr)  # a fault in a compiled part would end the process without a word
    settings = settings_of_environment(*SERVICE)
    _log(settings)
    return asyncio.run(serve(settings))


@app.command
def demo() -> int:
    """The same service with no keys and no network: simulators, its own PostgreSQL, a chat page in the browser."""
    from config.demo import demo as run_demo

    settings = settings_of_environment(LOG_FORMAT="console", LOG_LEVEL="warning")
    _log(settings)
    return asyncio.run(run_demo(settings))


@app.command
def generate(
    model: str,
    *,
    param: Assignments = None,
    input: InputFile = None,  # noqa: A002 - the option's name
    json: Annotated[bool, Parameter(negative=(), help="one JSON object on standard output")] = False,
    save: Annotated[Path | None, Parameter(help="the folder to save the results in")] = None,
    force: Annotated[bool, Parameter(negative=(), help="try a model that is suspended or retired")] = False,
) -> int:
    """Run one generation from here, with its progress, and print its results."""
    from adapters.cli import GenerateOptions
    from config import cli

    options = GenerateOptions(model=model, assignments=param or (), input_file=input, json=json, save=save, force=force)
    return interruptible(cli.generate(settings_of_environment("KIE_API_KEY"), options))


@app.command
def validate(
    model: str | None = None,
    *,
    param: Assignments = None,
    input: InputFile = None,  # noqa: A002 - the option's name
    batch: Batch = False,
    force: Annotated[
        bool, Parameter(negative=(), help="check against a model that is not offered any more too")
    ] = False,
) -> int:
    """What is wrong with an input; nothing is sent anywhere."""
    from adapters.cli import ValidateOptions
    from config import offline

    options = ValidateOptions(model=model, assignments=param or (), input_file=input, batch=batch, force=force)
    return offline.validate(settings_of_environment(), options)


@app.command
def read(
    *,
    batch: Batch = False,
) -> int:
    """How wishes are understood and which models would be offered; no service is needed."""
    from adapters.cli import ReadOptions
    from config import offline

    return offline.read(ReadOptions(batch=batch))


@app.command
def price(
    model: str | None = None,
    *,
    param: Assignments = None,
    input: InputFile = None,  # noqa: A002 - the option's name
    batch: Batch = False,
) -> int:
    """What an input costs; nothing is sent anywhere."""
    from adapters.cli import PriceOptions
    from config import offline

    options = PriceOptions(model=model, assignments=param or (), input_file=input, batch=batch)
    return offline.price(settings_of_environment(), options)


@app.command
def models(
    text: str = "",
    *,
    type: Annotated[ModelType | None, Parameter(help="only this model type")] = None,  # noqa: A002  # the option's name
    json: Annotated[bool, Parameter(negative=(), help="everything the registry knows, as JSON")] = False,
) -> int:
    """The models there are."""
    from adapters.cli import ModelsOptions
    from config import offline

    return offline.models(ModelsOptions(text=text, type=type, json=json))


@app.command
def sanity(
    *,
    type: Annotated[list[ModelType] | None, Parameter(help="only this model type; repeat for several")] = None,  # noqa: A002 - the option's name
    all: Annotated[bool, Parameter(negative=(), help="every model, not one of each type")] = False,  # noqa: A002 - the option's name
    yes: Annotated[bool, Parameter(negative=(), help="spend the credits without asking")] = False,
    json: Annotated[bool, Parameter(negative=(), help="the table as JSON")] = False,
    force: Annotated[bool, Parameter(negative=(), help="try suspended and retired models too")] = False,
) -> int:
    """Try one model of every type for real. Exit status 1 if a type fails."""
    from adapters.cli import SanityOptions
    from config import cli

    options = SanityOptions(types=type or (), every=all, yes=yes, json=json, force=force)
    return interruptible(cli.sanity(settings_of_environment("KIE_API_KEY"), options))


@app.command
def reconcile() -> int:
    """Telegram's payments and KIE's charges against every bot's books. Exit status 1 with a line for each difference."""
    from config.reconcile import reconcile as compare

    return interruptible(compare(settings_of_environment(*SERVICE)))


@app.command
def migrate() -> int:
    """Bring the database schema up to date; safe while an older instance runs."""
    from config.service import migrate_once

    return interruptible(migrate_once(settings_of_environment()))


@app.command
def export(user: str, *, to: Annotated[Path, Parameter(help="the ZIP archive to write")], bot: WhichBot = "") -> int:
    """Everything that is stored about one person: rows as JSON, and their files."""
    place = new_file(to)
    from config import personal_data

    return interruptible(personal_data.export_person(settings_of_environment(), person_named(user), place, bot))


@app.command
def forget(user: str, *, bot: WhichBot = "") -> int:
    """Erase everything about one person for good. The books stay, without the person."""
    from config import personal_data

    return interruptible(personal_data.forget_person(settings_of_environment(), person_named(user), bot))


@app.command
def audit(
    *,
    limit: Annotated[int, Parameter(help="how many entries", validator=Number(gte=1, lte=1_000_000))] = 100,
    bot: WhichBot = "",
) -> int:
    """What admins did, the last first: when, who, what, about whom, details."""
    from config import personal_data

    return interruptible(personal_data.show_audit(settings_of_environment(), limit, bot))


@app.command
def backup(file: Path) -> int:
    """Write the database and the kept files of our own into one file; for a managed database say what to run."""
    place = new_file(file)
    from config import backups

    return interruptible(backups.backup(settings_of_environment(), place))


@app.command
def upgrade_database() -> int:
    """Move the database of our own to the newest PostgreSQL on this machine. Stop the service first."""
    from config import backups

    return interruptible(backups.upgrade_database(settings_of_environment()))


@app.command
def restore(file: Path) -> int:
    """Bring a backup back into an empty MEDIABOT_DATA; for a managed database say what to run."""
    from config import backups

    return interruptible(backups.restore(settings_of_environment(), file))


@app.command
def mcp(
    *,
    user: Annotated[str, Parameter(help="the person whose limits and history are used")] = "local",
    bot: WhichBot = "",
) -> int:
    """An MCP server on stdio over the database of the running service."""
    from config import mcp as tools

    return interruptible(tools.mcp(settings_of_environment(), person_named(user), bot))


@app.command
def simulator(
    which: Literal["kie", "telegram"], *, port: Annotated[int, Parameter(validator=Number(gte=0, lte=65535))] = 0
) -> int:
    """One simulator alone, on a port of this machine."""
    from config.demo import simulator as run_simulator

    return interruptible(run_simulator(which, port))


app.command(sync_models)
app.command(sync_prices)
app.command(set_price)
app.command(keys)
app.command(accounts)
app.command(bots)


def main() -> None:
    """The console script."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the program that started us
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - for the life of the process
    sys.exit(dispatch(sys.argv[1:]))


def dispatch(arguments: list[str]) -> int:
    """Run a command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without letters for a word stops no command
    return status_of(lambda: app(usable(arguments), exit_on_error=False))


def _log(settings: Settings) -> None:
    from config.observing import fault_reporter

    configure_logging(
        form=settings.log_format,
        level=settings.log_level,
        secrets=[
            settings.telegram_bot_token,
            settings.kie_api_key,
            *settings.kie_webhook_hmac_keys,
            settings.metrics_token,
            settings.database_url,
            *settings.secrets_keys,
        ],
        report=fault_reporter(settings),
    )
