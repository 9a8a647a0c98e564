"""The command line: `mediabot --help`. Each command imports what it needs, so that the light ones stay light."""

import asyncio
import errno
import gc
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, CycloptsError, Parameter
from cyclopts.types import ExistingDirectory as Directory

from config.command_line import WhichBot, interruptible, new_file, person_named, settings_of_environment
from config.directory_commands import accounts, bots, keys
from config.logs import configure_logging
from config.settings import SERVICE, Settings, SettingsError
from domain.model import ModelType

OK: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130

MENDABLE: Final = frozenset(
    {
        "EmbeddedPostgresError",
        "RegistryError",
        "BackupError",
        "SecretsUnreadable",
        "StoreUnavailable",
        "StoreUnusable",
        "TextsError",
        "WrongUse",
    }
)
"""Errors whose message is for the person who typed the command; by name, so that no command imports another's adapters."""

FULL_OR_BROKEN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE})
"""Faults of the machine and not of a path that was given."""

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
def sync_models(
    models: Annotated[list[str] | None, Parameter(help="only these models", negative=())] = None,
    /,
    *,
    vendor: Annotated[str, Parameter(help="only this vendor's models")] = "",
    start: Annotated[str, Parameter(name="--from", help="go on from this model, in the order of ids")] = "",
    write: Annotated[bool, Parameter(negative=(), help="correct the registry's files")] = False,
    registry: Annotated[
        Directory | None, Parameter(help="the folder of the files; the packaged one if left out")
    ] = None,
    json: Annotated[bool, Parameter(negative=(), help="the differences as JSON")] = False,
) -> int:
    """Compare the registry with KIE's live catalogue, a call a second. Exit status 1 while anything differs."""
    from config import cli
    from config.registry_tools.sync_command import SyncOptions

    options = SyncOptions(models=models or (), vendor=vendor, start=start, write=write, json=json)
    return interruptible(cli.sync_models(settings_of_environment("KIE_API_KEY"), options, registry))


@app.command
def sync_prices(
    *,
    write: Annotated[bool, Parameter(negative=(), help="correct the registry's files")] = False,
    registry: Annotated[
        Directory | None, Parameter(help="the folder of the files; the packaged one if left out")
    ] = None,
    json: Annotated[bool, Parameter(negative=(), help="the differences as JSON")] = False,
) -> int:
    """Compare the registry's prices with KIE's public feed; no key is needed. Exit status 1 while anything differs."""
    from config import cli
    from config.registry_tools.sync_prices import SyncPricesOptions

    return interruptible(
        cli.sync_prices(settings_of_environment(), SyncPricesOptions(write=write, json=json), registry)
    )


@app.command
def set_price(
    model: str,
    credits: float | None = None,  # noqa: A002  # the argument's name
    *,
    rule: Annotated[int, Parameter(help="which of the model's price rules")] = 1,
    take_back: Annotated[bool, Parameter(negative=(), help="let the feed's price count again")] = False,
) -> int:
    """Your own price for a model, in credits a unit; it counts before the feed's. Without a price: the model's rules."""
    from config import own_prices

    given = settings_of_environment()
    return interruptible(own_prices.set_price(given, model, credits, rule=rule, take_back=take_back))


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
def audit(*, limit: Annotated[int, Parameter(help="how many entries")] = 100, bot: WhichBot = "") -> int:
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
def simulator(which: Literal["kie", "telegram"], *, port: int = 0) -> int:
    """One simulator alone, on a port of this machine."""
    from config.demo import simulator as run_simulator

    return interruptible(run_simulator(which, port))


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
    """Run a command. A fault that its user can fix is a sentence on standard error, never a traceback."""
    try:
        status = app(arguments, exit_on_error=False)
        sys.stdout.flush()
    except CycloptsError:
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has had enough, as `head` does
        _forget_output()
        return FAILED
    except SettingsError as error:
        return _wrong(*error.faults)
    except Exception as error:
        if not (sentence := _sentence(error)):
            raise
        _wrong(sentence)
        if isinstance(error, OSError) and error.errno in FULL_OR_BROKEN:
            _forget_output()
            return FAILED
        return WRONG_USE
    return status if isinstance(status, int) else OK


def _forget_output() -> None:
    """What could not be written stays unwritten, or the interpreter's last flush fails again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def _sentence(error: Exception) -> str | None:
    """The fault in a sentence, where it is the user's or the operator's to fix."""
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "the port is in use; set PORT to another one"
    if isinstance(error, OSError) and (error.filename is not None or error.errno in FULL_OR_BROKEN):
        return f"{error.filename or 'the output'} can't be used: {error.strerror}"
    if type(error).__name__ in MENDABLE:
        return str(error)
    return None


def _wrong(*sentences: str) -> int:
    for sentence in sentences:
        sys.stderr.write(f"mediabot: {sentence}\n")
    return WRONG_USE
