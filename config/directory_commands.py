"""The commands `keys`, `bots` and `accounts`."""

from collections.abc import Sequence
from typing import Annotated

from cyclopts import App, Parameter

from config.command_line import WhichBot, checked, interruptible, person_named, settings_of_environment
from config.settings import BOT_OPTIONS, SettingsError
from domain.provider_account import AccountName, account_name

keys = App(name="keys", help="The keys by which programs use the service for a person.")
bots = App(name="bots", help="The bots of this deployment beside the one of the environment.")
accounts = App(name="accounts", help="Further KIE accounts that pay for a bot, beside the one whose key it has.")


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

    limit = checked({"--credits-per-day": (credits_per_day, values.amount)} if credits_per_day else {})
    return interruptible(
        directory.create_key(settings_of_environment(), name, person_named(user), limit.get("--credits-per-day"), bot)
    )


@keys.command(name="list")
def list_keys(*, bot: WhichBot = "") -> int:
    """List every key without its secret: id, name, person, day, state."""
    from config import directory

    return interruptible(directory.list_keys(settings_of_environment(), bot))


@keys.command(name="revoke")
def revoke_key(key: str, *, bot: WhichBot = "") -> int:
    """Close the door for a key, named by its id. Exit status 1 if there is none."""
    from config import directory

    return interruptible(directory.revoke_key(settings_of_environment(), key, bot))


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

    parsed = checked({"--token": (token, values.token), "--kie-key": (kie_key, values.kie_key)})
    users = checked({"--admins": (admins, values.users)})["--admins"] if admins.strip() else frozenset()
    settings, options = settings_of_environment("SECRETS_KEY"), named_values(option or ())
    if empty := [name for name, value in options.items() if not value]:
        raise SettingsError(f"--set {name}= has no value" for name in empty)
    return interruptible(directory.add_bot(settings, parsed["--token"], parsed["--kie-key"], users, options))


def named_values(options: Sequence[str]) -> dict[str, str]:
    """Return ``NAME=VALUE`` of the command line, by name. Raises SettingsError for what is not of this form, and for a name twice."""
    faults = [
        f"{each!r} is not NAME=VALUE" for each in options if not each.partition("=")[0].strip() or "=" not in each
    ]
    pairs = [(name.strip().upper(), value.strip()) for name, _, value in (each.partition("=") for each in options)]
    named = dict(pairs)
    faults += [f"{name} is given twice" for name in named if [one for one, _ in pairs].count(name) > 1]
    if faults:
        raise SettingsError(faults)
    return named


@bots.command(name="set")
def set_bot(
    bot: str,
    *options: Annotated[str, Parameter(help="NAME=VALUE, as in the environment; NAME= takes it away again")],
    token: Annotated[str, Parameter(help="a new token of the same bot, from @BotFather")] = "",
    kie_key: Annotated[str, Parameter(help="another key of its own KIE account")] = "",
    admins: Annotated[str, Parameter(help="Telegram ids of its operators, with commas, instead of those before")] = "",
) -> int:
    """Change some settings of a bot. It takes effect within seconds, without a restart. Exit status 1 if there is no such bot."""
    from config import directory, values

    given = {"--token": (token, values.token), "--kie-key": (kie_key, values.kie_key)}
    secrets = checked({name: value for name, value in given.items() if value[0]})
    users = checked({"--admins": (admins, values.users)})["--admins"] if admins.strip() else None
    named = named_values(options)
    if not secrets and users is None and not named:
        can_be_set = f"--token, --kie-key, --admins, or NAME=VALUE with a NAME of {', '.join(BOT_OPTIONS)}"
        raise SettingsError([f"there is nothing to change; give {can_be_set}"])
    return interruptible(
        directory.set_bot(
            settings_of_environment("SECRETS_KEY"),
            bot,
            token=secrets.get("--token"),
            kie_key=secrets.get("--kie-key"),
            admins=users,
            options=named,
        )
    )


@bots.command(name="list")
def list_bots() -> int:
    """List the bots without their secrets: id, day, admins, settings of their own."""
    from config import directory

    return interruptible(directory.list_bots(settings_of_environment()))


@bots.command(name="remove")
def remove_bot(
    bot: str,
    *,
    force: Annotated[
        bool, Parameter(negative=(), help="also while generations run, which no one carries on any more then")
    ] = False,
) -> int:
    """Take a bot out of the deployment; people, generations and money stay. Exit status 1 if there is none, or generations run."""
    from config import directory

    return interruptible(directory.remove_bot(settings_of_environment(), bot, forced=force))


@bots.command(name="rotate")
def rotate_bots() -> int:
    """Seal the secrets of all bots and accounts with the first key of SECRETS_KEY."""
    from config import directory

    return interruptible(directory.rotate_bots(settings_of_environment("SECRETS_KEY")))


@accounts.command(name="add")
def add_account(bot: str, name: str, *, kie_key: Annotated[str, Parameter(help="the key of the KIE account")]) -> int:
    """Give a bot a further KIE account, or an account another key. Running instances take it up by themselves."""
    from config import directory, values

    parsed = checked({"NAME": (name, account_name), "--kie-key": (kie_key, values.kie_key)})
    return interruptible(
        directory.add_account(settings_of_environment("SECRETS_KEY"), bot, parsed["NAME"], parsed["--kie-key"])
    )


@accounts.command(name="list")
def list_accounts() -> int:
    """List the further KIE accounts without their keys: bot, name, day, state."""
    from config import directory

    return interruptible(directory.list_accounts(settings_of_environment("SECRETS_KEY")))


@accounts.command(name="pause")
def pause_account(bot: str, name: str) -> int:
    """Create no task on an account any more; those that run on it end as usual. Exit status 1 if there is none."""
    from config import directory

    return interruptible(
        directory.pause_account(settings_of_environment("SECRETS_KEY"), bot, AccountName(name), is_paused=True)
    )


@accounts.command(name="resume")
def resume_account(bot: str, name: str) -> int:
    """Create tasks on a paused account again. Exit status 1 if there is none."""
    from config import directory

    return interruptible(
        directory.pause_account(settings_of_environment("SECRETS_KEY"), bot, AccountName(name), is_paused=False)
    )


@accounts.command(name="remove")
def remove_account(
    bot: str,
    name: str,
    *,
    force: Annotated[
        bool, Parameter(negative=(), help="also while tasks run on it, which can't be read any more then")
    ] = False,
) -> int:
    """Forget an account. Pause it first, until nothing runs on it. Exit status 1 if there is none, or tasks run on it."""
    from config import directory

    settings = settings_of_environment("SECRETS_KEY")
    return interruptible(directory.remove_account(settings, bot, AccountName(name), forced=force))
