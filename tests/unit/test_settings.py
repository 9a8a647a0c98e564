"""The environment is read once, and every fault is named in one message."""

import io
import json
import logging
import re
from pathlib import Path

import pytest
import structlog
from attrs import fields

from adapters.sealing import new_key
from application.generating.creation_rate_limiter import CreationWindow
from config import values
from config.exit_status import WRONG_USE
from config.logs import configure_logging
from config.main import dispatch
from config.settings import OPEN_LIMIT_CREDITS, SERVICE, VARIABLE, Settings, SettingsError
from domain.generation import UserId

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
SERVED = {"TELEGRAM_BOT_TOKEN": TOKEN, "KIE_API_KEY": "key", "ADMIN_USERS": "7"}
README = Path(__file__).parents[2] / "README.md"


def test_every_fault_is_reported_at_once_and_no_secret_with_them() -> None:
    environ = {"KIE_API_KEY": "se cret", "PORT": "x", "DATABASE_URL": "mysql://u:hidden@h/d", "KIE_CREATE_LIMIT": "20"}
    with pytest.raises(SettingsError) as error:
        Settings.from_env(environ, required=SERVICE)
    faults = "\n".join(error.value.faults)
    assert [fault.split()[0] for fault in error.value.faults] == [
        "TELEGRAM_BOT_TOKEN",
        "KIE_API_KEY",
        "DATABASE_URL",
        "PORT",
        "KIE_CREATE_LIMIT",
    ]
    assert "hidden" not in faults
    assert "se cret" not in faults


def test_secrets_stay_out_of_the_repr() -> None:
    environ = SERVED | {"DATABASE_URL": "postgresql://u:hidden@h/d"}
    shown = repr(Settings.from_env(environ, required=SERVICE))
    assert TOKEN not in shown
    assert "hidden" not in shown


def test_the_lock_is_keyed_by_the_bot_not_by_its_token() -> None:
    assert Settings.from_env({"TELEGRAM_BOT_TOKEN": TOKEN}).bot_id == "123456789"


def test_an_empty_variable_is_an_unset_one_and_renders_address_serves() -> None:
    settings = Settings.from_env({"PUBLIC_URL": "", "RENDER_EXTERNAL_URL": "https://bot.onrender.com/"})
    assert settings.public_url == "https://bot.onrender.com"


def test_webhook_mode_needs_a_public_address() -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        Settings.from_env({"TELEGRAM_MODE": "webhook"})


def test_a_preview_of_a_pull_request_does_not_compete_for_the_bot() -> None:
    environ = SERVED | {"IS_PULL_REQUEST": "true"}
    with pytest.raises(SettingsError, match="preview"):
        Settings.from_env(environ, required=SERVICE)
    Settings.from_env(environ | {"IS_PULL_REQUEST": "false"}, required=SERVICE)


def test_a_service_that_would_serve_no_one_does_not_start() -> None:
    closed = {"TELEGRAM_BOT_TOKEN": TOKEN, "KIE_API_KEY": "key"}
    with pytest.raises(SettingsError, match="ACCESS=invited serves no one yet") as error:
        Settings.from_env(closed, required=SERVICE)
    assert len(error.value.faults) == 1
    for welcome in ({"ADMIN_USERS": "7"}, {"ALLOWED_USERS": "8"}, {"ACCESS": "everyone"}):
        Settings.from_env(closed | welcome, required=SERVICE)


@pytest.mark.parametrize(
    ("environ", "served"),
    [
        ({}, frozenset()),
        ({"ALLOWED_USERS": "8"}, frozenset({UserId("telegram:8")})),
        ({"ACCESS": "everyone"}, None),
        ({"ACCESS": "everyone", "ALLOWED_USERS": "8"}, None),
        ({"ACCESS": "invited"}, frozenset()),
    ],
)
def test_only_the_invited_are_served_unless_it_is_said(environ: dict[str, str], served: object) -> None:
    assert Settings.from_env(environ).served_users == served


@pytest.mark.parametrize(
    ("environ", "credits_"),
    [
        ({}, None),
        ({"ACCESS": "everyone"}, 100.0),
        ({"ACCESS": "everyone", "BILLING": "off"}, 100.0),
        ({"ACCESS": "everyone", "BILLING": "stars", "STARS_PER_CREDIT": "1"}, None),
        ({"ACCESS": "everyone", "USER_LIMIT_CREDITS_PER_DAY": "25"}, 25.0),
        ({"ACCESS": "everyone", "USER_LIMIT_CREDITS_PER_DAY": "none"}, None),
    ],
)
def test_a_bot_that_is_open_at_the_operators_expense_has_a_daily_limit(
    environ: dict[str, str], credits_: float | None
) -> None:
    assert Settings.from_env(environ).user_limits.credits_per_day == credits_


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ACCESS", "nobody"),
        ("CONTENT_FILTER", "never"),
        ("ALLOWED_USERS", "1, two"),
        ("USER_LIMIT_PER_DAY", "0"),
        ("USER_LIMIT_CREDITS_PER_DAY", "nan"),
        ("ALLOW_PRIVATE_HOSTS", "maybe"),
        ("KIE_API_BASE", "https://user:word@api.kie.ai"),
        ("KIE_API_BASE", "https://[broken"),
        ("TELEGRAM_BOT_TOKEN", "123:short"),
        ("LOG_LEVEL", "loud"),
        ("PORT", "70000"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_the_service_without_keys_says_which_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in SERVICE:
        monkeypatch.delenv(name, raising=False)
    assert dispatch(["run"]) == WRONG_USE
    said = capsys.readouterr().err
    assert all(f"{name} is not set" in said for name in SERVICE)


def test_where_the_bots_are_those_of_the_directory_the_environment_needs_none() -> None:
    settings = Settings.from_env({"SECRETS_KEY": new_key()}, required=SERVICE)
    assert settings.telegram_bot_token is None
    with pytest.raises(SettingsError, match="KIE_API_KEY is not set"):
        Settings.from_env({"SECRETS_KEY": new_key(), "TELEGRAM_BOT_TOKEN": TOKEN, "ADMIN_USERS": "7"}, required=SERVICE)


def test_a_bot_has_settings_of_its_own_and_the_rest_of_the_environment() -> None:
    environ = {**SERVED, "USER_LIMIT_PER_DAY": "5", "CONFIRM_CREDITS": "50"}
    shared = Settings.from_env(environ)
    own = shared.with_options(environ, {"USER_LIMIT_IN_FLIGHT": "2", "BILLING": "stars", "STARS_PER_CREDIT": "3"})
    assert (own.user_limits.in_flight, own.user_limits.per_day) == (2, 5)
    assert own.billing.is_on
    assert (own.confirm_credits, own.kie_api_key) == (50.0, "key")
    assert shared.with_options(environ, {}) == shared


@pytest.mark.parametrize(
    ("given", "always"),
    [
        ({"ACCESS": "everyone"}, True),
        ({"ACCESS": "everyone", "CONTENT_FILTER": "users"}, False),
        ({"ACCESS": "invited", "ADMIN_USERS": "7"}, False),
        ({"ACCESS": "invited", "ADMIN_USERS": "7", "CONTENT_FILTER": "always"}, True),
    ],
)
def test_strangers_cannot_switch_the_filter_off_unless_the_operator_lets_them(
    given: dict[str, str], *, always: bool
) -> None:
    assert Settings.from_env(given).filters_always is always


def test_a_bot_that_serves_everyone_has_a_daily_limit_and_the_filter_unless_they_are_set() -> None:
    own = Settings.from_env(SERVED).with_options(SERVED, {"ACCESS": "everyone"})
    assert own.filters_always
    assert own.user_limits.credits_per_day == OPEN_LIMIT_CREDITS


@pytest.mark.parametrize("name", ["KIE_API_KEY", "TELEGRAM_BOT_TOKEN", "DATABASE_URL", "SECRETS_KEY", "NO_SUCH"])
def test_a_bot_has_no_secret_and_no_database_among_its_settings(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(SERVED).with_options(SERVED, {name: "x"})


def readme_defaults() -> dict[str, str]:
    """What README says of each variable's default."""
    rows = [line.split(" | ") for line in README.read_text().splitlines() if line.startswith("| `")]
    return {name: row[-1] for row in rows for name in re.findall(r"`([A-Z_]+)`", row[0])}


def test_the_readme_names_every_variable() -> None:
    source = (Path(__file__).parents[2] / "config" / "settings.py").read_text()
    declared = {one.metadata[VARIABLE] for one in fields(Settings) if VARIABLE in one.metadata}
    read = set(re.findall(r'reader\.read\(\s*"([A-Z_]+)"', source))
    assert declared | read >= {"PORT", "USER_LIMIT_CREDITS_PER_DAY"}
    assert {name for name in declared | read if name not in readme_defaults()} == {
        "RENDER_EXTERNAL_URL",
        "RENDER_INSTANCE_ID",
        "IS_PULL_REQUEST",
        "RENDER_CPU_COUNT",
    }


def test_the_readme_tells_the_defaults_there_are() -> None:
    said = readme_defaults()
    for one in fields(Settings):
        if VARIABLE not in one.metadata or one.metadata[VARIABLE] not in said or one.name.endswith("_base"):
            continue
        match one.default:
            case bool():
                expected = str(int(one.default))
            case CreationWindow() as window:
                expected = f"{window.count}/{window.period_s:g}"
            case int() | float():
                expected = f"{one.default:g}"
            case str():
                expected = one.default
            case _:
                continue
        assert re.search(rf"(?<![\w.]){re.escape(expected)}(?![\w.])", said[one.metadata[VARIABLE]]), one.name


def test_a_secret_is_masked_in_every_line_our_own_and_the_libraries() -> None:
    stream = io.StringIO()
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    defaults = structlog.get_config()
    try:
        configure_logging(form="json", level="info", secrets=["s3cret", None], stream=stream)
        structlog.get_logger().info("thing.happened", url="https://host/bots3cret/x")
        logging.getLogger("library").warning("went to %s", "s3cret")
        try:
            raise ValueError("s3cret")
        except ValueError:
            structlog.get_logger().exception("thing.failed")
    finally:
        structlog.configure(**defaults)
        logging.basicConfig(handlers=handlers, level=level, force=True)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["thing.happened", "went to ***", "thing.failed"]
    assert "s3cret" not in stream.getvalue()


def test_a_token_with_a_line_break_behind_it_is_refused_and_not_kept_with_it() -> None:
    with pytest.raises(ValueError, match="does not look like"):
        values.token("4200000042:" + "simulated" * 4 + "\n")


@pytest.mark.parametrize("name", ["WELCOME", "WELCOME_RU", "BOT_NAME", "MEDIA_STORE", "RENDER_INSTANCE_ID"])
def test_bytes_that_are_no_text_are_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} holds bytes that are no UTF-8 text$"):
        Settings.from_env({name: "caf\udce9"})


def test_a_folder_may_have_any_name_that_the_machine_allows() -> None:
    assert Settings.from_env({"MEDIABOT_DATA": "caf\udce9"}).data_dir == Path("caf\udce9")
