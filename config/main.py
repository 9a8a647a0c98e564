"""The command line: `mediabot --help`. Each command imports what it needs, so that the light ones stay light."""

import asyncio
import errno
import gc
import os
import sys
from collections.abc import Callable, Coroutine, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from cyclopts import App, CycloptsError, Parameter
from cyclopts.types import ExistingDirectory as Directory

from config.logs import configure_logging
from config.settings import SERVICE, Settings, SettingsError
from domain.access import telegram_subject
from domain.generation import UserId
from domain.model import ModelType
from domain.provider_account import AccountName, account_name

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
"""Errors whose message is made for anyone who typed the command; by name, so that no command imports another's adapters."""

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

WhichBot = Annotated[str, Parameter(help="the id of a further bot; that of the environment if left out")]


@app.command
def run() -> int:
    """The service: bot and HTTP port, leader or standby. Stops cleanly on SIGTERM."""
    gc.disable()  # nothing that is loaded here is garbage; looking for some takes a sixth of the time
    from config.service import serve

    gc.enable()
    settings = _settings(*SERVICE)
    _log(settings)
    return asyncio.run(serve(settings))


@app.command
def demo() -> int:
    """The same service with no keys and no network: simulators, its own PostgreSQL, a chat page in the browser."""
    from config.demo import demo as run_demo

    settings = _settings(LOG_FORMAT="console", LOG_LEVEL="warning")
    _log(settings)
    return asyncio.run(run_demo(settings))


@app.command
def generate(
    model: str,
    *,
    param: Assignments = None,
    input: Annotated[str | None, Parameter(help="a JSON file with the input, - for standard input")] = None,  # noqa: A002 - the option's name
    json: Annotated[bool, Parameter(negative=(), help="one JSON object on standard output")] = False,
    save: Annotated[Path | None, Parameter(help="the folder to save the results in")] = None,
    force: Annotated[bool, Parameter(negative=(), help="try a model that is suspended or retired")] = False,
) -> int:
    """Run one generation from here, with its progress, and print its results."""
    from adapters.cli import GenerateOptions
    from config import cli

    options = GenerateOptions(model=model, assignments=param or (), input_file=input, json=json, save=save, force=force)
    return _interruptible(cli.generate(_settings("KIE_API_KEY"), options))


@app.command
def validate(
    model: str | None = None,
    *,
    param: Assignments = None,
    input: Annotated[str | None, Parameter(help="a JSON file with the input, - for standard input")] = None,  # noqa: A002 - the option's name
    batch: Annotated[bool, Parameter(negative=(), help="JSON lines in, JSON lines out")] = False,
    force: Annotated[
        bool, Parameter(negative=(), help="check against a model that is not offered any more too")
    ] = False,
) -> int:
    """What is wrong with an input; nothing is sent anywhere."""
    from adapters.cli import ValidateOptions
    from config import offline

    options = ValidateOptions(model=model, assignments=param or (), input_file=input, batch=batch, force=force)
    return offline.validate(_settings(), options)


@app.command
def read(
    *,
    batch: Annotated[bool, Parameter(negative=(), help="JSON lines in, JSON lines out")] = False,
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
    input: Annotated[str | None, Parameter(help="a JSON file with the input, - for standard input")] = None,  # noqa: A002 - the option's name
    batch: Annotated[bool, Parameter(negative=(), help="JSON lines in, JSON lines out")] = False,
) -> int:
    """What an input costs; nothing is sent anywhere."""
    from adapters.cli import PriceOptions
    from config import offline

    options = PriceOptions(model=model, assignments=param or (), input_file=input, batch=batch)
    return offline.price(_settings(), options)


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
    return _interruptible(cli.sanity(_settings("KIE_API_KEY"), options))


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
    return _interruptible(cli.sync_models(_settings("KIE_API_KEY"), options, registry))


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

    return _interruptible(cli.sync_prices(_settings(), SyncPricesOptions(write=write, json=json), registry))


@app.command
def reconcile() -> int:
    """Telegram's payments and KIE's charges against every bot's books. Exit status 1 with a line for each difference."""
    from config.reconcile import reconcile as compare

    return _interruptible(compare(_settings(*SERVICE)))


@app.command
def migrate() -> int:
    """Bring the database schema up to date; safe while an older instance runs."""
    from config.service import migrate_once

    return _interruptible(migrate_once(_settings()))


keys = App(name="keys", help="The keys by which programs use the service for a person.")
bots = App(name="bots", help="The bots of this deployment beside the one of the environment.")
accounts = App(name="accounts", help="Further KIE accounts that pay for a bot, beside the one whose key it has.")
app.command(keys)
app.command(accounts)
app.command(bots)


@keys.command(name="create")
def create_key(
    name: str,
    *,
    user: Annotated[str, Parameter(help="a Telegram id, or telegram:ID")],
    credits_per_day: Annotated[str, Parameter(help="the most that may be spent with it in 24 hours")] = "",
    bot: WhichBot = "",
) -> int:
    """Make a key for a person and print it. It is shown once."""
    from config import directory, values

    limit = _checked({"--credits-per-day": (credits_per_day, values.amount)} if credits_per_day else {})
    return _interruptible(directory.create_key(_settings(), name, _user(user), limit.get("--credits-per-day"), bot))


@keys.command(name="list")
def list_keys(*, bot: WhichBot = "") -> int:
    """List every key without its secret: id, name, person, day, state."""
    from config import directory

    return _interruptible(directory.list_keys(_settings(), bot))


@keys.command(name="revoke")
def revoke_key(key: str, *, bot: WhichBot = "") -> int:
    """Close the door for a key, named by its id. Exit status 1 if there is none."""
    from config import directory

    return _interruptible(directory.revoke_key(_settings(), key, bot))


@bots.command(name="add")
def add_bot(
    *,
    token: Annotated[str, Parameter(help="the bot's token, from @BotFather")],
    kie_key: Annotated[str, Parameter(help="the key of the KIE account that pays for it")],
    admins: Annotated[str, Parameter(help="Telegram ids of its operators, with commas")] = "",
    option: Annotated[
        list[str] | None, Parameter(name="--set", help="NAME=VALUE of its own, as in the environment; repeat for more")
    ] = None,
) -> int:
    """Add a bot, or replace the row of one. Running instances take it up by themselves."""
    from config import directory, values

    parsed = _checked({"--token": (token, values.token), "--kie-key": (kie_key, values.secret)})
    users = _checked({"--admins": (admins, values.users)})["--admins"] if admins.strip() else frozenset()
    settings, options = _settings("SECRETS_KEY"), _named_values(option or ())
    return _interruptible(directory.add_bot(settings, parsed["--token"], parsed["--kie-key"], users, options))


def _named_values(options: Iterable[str]) -> dict[str, str]:
    """``NAME=VALUE`` of the command line, by name."""
    return {name.strip().upper(): value.strip() for name, _, value in (each.partition("=") for each in options)}


@bots.command(name="set")
def set_bot(
    bot: str,
    *options: Annotated[str, Parameter(help="NAME=VALUE, as in the environment; NAME= takes it away again")],
    kie_key: Annotated[str, Parameter(help="another key of its own KIE account")] = "",
    admins: Annotated[str, Parameter(help="Telegram ids of its operators, with commas, instead of those before")] = "",
) -> int:
    """Change some settings of a bot. It takes effect within seconds, without a restart. Exit status 1 if there is no such bot."""
    from config import directory, values

    key = _checked({"--kie-key": (kie_key, values.secret)})["--kie-key"] if kie_key else None
    users = _checked({"--admins": (admins, values.users)})["--admins"] if admins.strip() else None
    return _interruptible(directory.set_bot(_settings("SECRETS_KEY"), bot, key, users, _named_values(options)))


@bots.command(name="list")
def list_bots() -> int:
    """List the bots without their secrets: id, day, admins, settings of their own."""
    from config import directory

    return _interruptible(directory.list_bots(_settings()))


@bots.command(name="remove")
def remove_bot(bot: str) -> int:
    """Take a bot out of the deployment. Its people, generations and money stay. Exit status 1 if there is none."""
    from config import directory

    return _interruptible(directory.remove_bot(_settings(), bot))


@bots.command(name="rotate")
def rotate_bots() -> int:
    """Seal the secrets of all bots and accounts with the first key of SECRETS_KEY."""
    from config import directory

    return _interruptible(directory.rotate_bots(_settings("SECRETS_KEY")))


@accounts.command(name="add")
def add_account(bot: str, name: str, *, kie_key: Annotated[str, Parameter(help="the key of the KIE account")]) -> int:
    """Give a bot a further KIE account, or an account another key. Running instances take it up by themselves."""
    from config import directory, values

    parsed = _checked({"NAME": (name, account_name), "--kie-key": (kie_key, values.secret)})
    return _interruptible(directory.add_account(_settings("SECRETS_KEY"), bot, parsed["NAME"], parsed["--kie-key"]))


@accounts.command(name="list")
def list_accounts() -> int:
    """List the further KIE accounts without their keys: bot, name, day, state."""
    from config import directory

    return _interruptible(directory.list_accounts(_settings("SECRETS_KEY")))


@accounts.command(name="pause")
def pause_account(bot: str, name: str) -> int:
    """Create no task on an account any more; those that run on it end as usual. Exit status 1 if there is none."""
    from config import directory

    return _interruptible(directory.pause_account(_settings("SECRETS_KEY"), bot, AccountName(name), is_paused=True))


@accounts.command(name="resume")
def resume_account(bot: str, name: str) -> int:
    """Create tasks on a paused account again. Exit status 1 if there is none."""
    from config import directory

    return _interruptible(directory.pause_account(_settings("SECRETS_KEY"), bot, AccountName(name), is_paused=False))


@accounts.command(name="remove")
def remove_account(bot: str, name: str) -> int:
    """Forget an account. Pause it first, until nothing runs on it: its tasks can't be read any more then. Exit status 1 if there is none."""
    from config import directory

    return _interruptible(directory.remove_account(_settings("SECRETS_KEY"), bot, AccountName(name)))


@app.command
def export(user: str, *, to: Annotated[Path, Parameter(help="the ZIP archive to write")], bot: WhichBot = "") -> int:
    """Everything that is stored about one person: rows as JSON, and their files."""
    place = _new_file(to)
    from config import personal_data

    return _interruptible(personal_data.export_person(_settings(), _user(user), place, bot))


@app.command
def forget(user: str, *, bot: WhichBot = "") -> int:
    """Erase everything about one person for good. The books stay, without the person."""
    from config import personal_data

    return _interruptible(personal_data.forget_person(_settings(), _user(user), bot))


@app.command
def audit(*, limit: Annotated[int, Parameter(help="how many entries")] = 100, bot: WhichBot = "") -> int:
    """What admins did, the last first: when, who, what, about whom, details."""
    from config import personal_data

    return _interruptible(personal_data.show_audit(_settings(), limit, bot))


@app.command
def backup(file: Path) -> int:
    """Write the database and the kept files of our own into one file; for a managed database say what to run."""
    place = _new_file(file)
    from config import backups

    return _interruptible(backups.backup(_settings(), place))


@app.command
def upgrade_database() -> int:
    """Move the database of our own to the newest PostgreSQL on this machine. Stop the service first."""
    from config import backups

    return _interruptible(backups.upgrade_database(_settings()))


@app.command
def restore(file: Path) -> int:
    """Bring a backup back into an empty MEDIABOT_DATA; for a managed database say what to run."""
    from config import backups

    return _interruptible(backups.restore(_settings(), file))


@app.command
def mcp(*, user: Annotated[str, Parameter(help="the person whose limits and history are used")] = "local") -> int:
    """An MCP server on stdio over the database of the running service."""
    from config import mcp as tools

    return _interruptible(tools.mcp(_settings(), _user(user)))


@app.command
def simulator(which: Literal["kie", "telegram"], *, port: int = 0) -> int:
    """One simulator alone, on a port of this machine."""
    from config.demo import simulator as run_simulator

    return _interruptible(run_simulator(which, port))


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
    except BrokenPipeError:  # anyone who read our output has had enough, as `head` does
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


def _settings(*required: str, **defaults: str) -> Settings:
    return Settings.from_env(
        {**defaults, **{name: text for name, text in os.environ.items() if text}}, required=required
    )


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


def _user(text: str) -> UserId:
    """A person's id as it is stored: digits are a Telegram id."""
    return UserId(telegram_subject(text) or (text if ":" in text else f"cli:{text}"))


def _new_file(path: Path) -> Path:
    """The path, if a file can be made there; asked before any work. Raises OSError."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path


def _checked(options: Mapping[str, tuple[str, Callable[[str], Any]]]) -> dict[str, Any]:
    """Parse options by the rules of the variables of the same kind. Raises SettingsError with every fault."""
    parsed, faults = {}, []
    for name, (text, parse) in options.items():
        try:
            parsed[name] = parse(text)
        except ValueError as error:
            faults.append(f"{name} {error}")
    if faults:
        raise SettingsError(faults)
    return parsed


def _interruptible(work: Coroutine[Any, Any, int]) -> int:
    """Run a command of the terminal: its log is quiet, and Ctrl-C lets it say its last word."""
    configure_logging(form="console", level="error", secrets=[os.environ.get("KIE_API_KEY")])
    return asyncio.run(work)


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
