"""What the environment says, read once, checked whole: every fault is named in one message."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve, field, fields, frozen

from application.generating.creation_rate_limiter import CreationWindow
from application.limits import GroupLimits, UserLimits
from config import values
from config.billing_settings import BILLING_NAMES, BillingSettings, read_billing
from config.database_url import database_url
from config.proxies import proxy_faults
from domain.generation import UserId
from domain.validation.text import is_text

T = TypeVar("T")
D = TypeVar("D")

PROVIDER_WINDOW: Final = CreationWindow(20, 10.0)
"""What an account gets unless KIE has raised it (``kie/API.md`` §6)."""

EVERYONE: Final = "everyone"
INVITED: Final = "invited"
ALWAYS: Final = "always"
LOCAL: Final = "local"
LLM: Final = "llm"

OPEN_LIMIT_CREDITS: Final = 100.0
"""What one person may spend in a day, unless it is set, while everyone is served at the operator's expense."""

TEXT_MODELS: Final = ("gemini-3-8-flash-openai", "claude-haiku-4-5", "gemini-3-7-flash-openai")
"""Chat models in order of preference: reach, another vendor in case one is away, and a price that is known (kie/CHAT.md)."""
TEXT_CREDITS: Final = 50.0
"""What chat models may cost in 24 hours unless it is set: a few hundred answers, $0.25."""

FRONT_ENDS: Final = frozenset({"telegram", "web", "api"})
"""The doors there are. All are open unless FRONT_ENDS names some."""

VARIABLE: Final = "variable"
PARSE: Final = "parse"
"""Keys of a field's metadata."""

SERVICE: Final = ("TELEGRAM_BOT_TOKEN", "KIE_API_KEY")
"""What `mediabot run` can't do without, unless SECRETS_KEY says that the bots are those of the directory."""


WELCOMES: Final[Mapping[str, str]] = {"": "WELCOME", "en": "WELCOME_EN", "ru": "WELCOME_RU"}
"""The operator's own words for `/start`, by language; the first is for those whose language has none."""

BOT_OPTIONS: Final[Mapping[str, Collection[str]]] = {
    "ACCESS": ("access", "user_limits", "content_filter"),
    "ALLOWED_USERS": ("allowed_users",),
    "CONTENT_FILTER": ("content_filter",),
    "USER_LIMIT_IN_FLIGHT": ("user_limits",),
    "USER_LIMIT_PER_DAY": ("user_limits",),
    "USER_LIMIT_CREDITS_PER_DAY": ("user_limits",),
    "GROUP_LIMIT_PER_DAY": ("group_limits",),
    "GROUP_LIMIT_CREDITS_PER_DAY": ("group_limits",),
    "ALARM_CREDITS": ("alarm_credits",),
    "CONFIRM_CREDITS": ("confirm_credits",),
    "BOT_NAME": ("bot_name",),
    "FRONT_ENDS": ("front_ends",),
    **dict.fromkeys(WELCOMES.values(), ("welcome",)),
    **dict.fromkeys(BILLING_NAMES, ("billing", "user_limits")),
}
"""What a bot of the directory may have of its own, and the fields of ``Settings`` that it changes. Who is served and who pays
decides about the daily limit as well."""


class SettingsError(Exception):
    """The configuration can't be used. ``faults`` holds one sentence a variable; values of secrets are never in it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def variable(name: str, parse: Callable[[str], T], default: D, *, is_secret: bool = False) -> T | D:
    """Declare a field that a variable of the environment sets. Its default stands here and nowhere else."""
    declared: Any = field(default=default, repr=not is_secret, metadata={VARIABLE: name, PARSE: parse})
    return declared  # type: ignore[no-any-return]  # what parse returns or the default, which field() does not see


@frozen(kw_only=True)
class Settings:
    """The environment, typed. Secrets stay out of the repr."""

    telegram_bot_token: str | None = variable("TELEGRAM_BOT_TOKEN", values.token, None, is_secret=True)
    kie_api_key: str | None = variable("KIE_API_KEY", values.secret, None, is_secret=True)
    database_url: str | None = variable("DATABASE_URL", database_url, None, is_secret=True)
    data_dir: Path = variable("MEDIABOT_DATA", Path, Path("data"))
    postgres_bin: Path | None = variable("MEDIABOT_PG_BIN", Path, None)
    port: int = variable("PORT", values.port, 8080)
    public_url: str | None = variable("PUBLIC_URL", values.url, None)
    kie_webhook_hmac_keys: tuple[str, ...] = variable(
        "KIE_WEBHOOK_HMAC_KEY", values.several_secrets, (), is_secret=True
    )
    telegram_api_base: str = variable("TELEGRAM_API_BASE", values.url, "https://api.telegram.org")
    kie_api_base: str = variable("KIE_API_BASE", values.url, "https://api.kie.ai")
    kie_upload_base: str = variable("KIE_UPLOAD_BASE", values.url, "https://kieai.redpandaai.co")
    telegram_mode: str = variable("TELEGRAM_MODE", values.one_of("polling", "webhook"), "polling")
    telegram_limits: bool = variable("TELEGRAM_LIMITS", values.flag, default=True)
    creation_window: CreationWindow = variable("KIE_CREATE_LIMIT", values.window, PROVIDER_WINDOW)
    allow_private_hosts: bool = variable("ALLOW_PRIVATE_HOSTS", values.flag, default=False)
    access: str = variable("ACCESS", values.one_of(INVITED, EVERYONE), INVITED)
    content_filter: str = variable("CONTENT_FILTER", values.one_of("users", ALWAYS), "users")
    allowed_users: frozenset[UserId] | None = variable("ALLOWED_USERS", values.users, None)
    admin_users: frozenset[UserId] = variable("ADMIN_USERS", values.users, frozenset())
    user_limits: UserLimits = field(factory=UserLimits)
    group_limits: GroupLimits = field(factory=GroupLimits)
    alarm_credits: float | None = variable("ALARM_CREDITS", values.amount, None)
    confirm_credits: float = variable("CONFIRM_CREDITS", values.amount, 100.0)
    bot_name: str | None = variable("BOT_NAME", values.bot_name, None)
    welcome: Mapping[str, str] = field(factory=dict)
    wish_reader: str = variable("WISH_READER", values.one_of(LOCAL, LLM), LOCAL)
    text_models: tuple[str, ...] = variable("TEXT_MODELS", values.text_models, TEXT_MODELS)
    text_credits_per_day: float | None = variable("TEXT_CREDITS_PER_DAY", values.amount_or_none, TEXT_CREDITS)
    metrics_token: str | None = variable("METRICS_TOKEN", values.secret, None, is_secret=True)
    sentry_dsn: str | None = variable("SENTRY_DSN", values.secret, None, is_secret=True)
    otlp_endpoint: str | None = variable("OTEL_EXPORTER_OTLP_ENDPOINT", values.url, None)
    otlp_traces_endpoint: str | None = variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", values.url, None)
    billing: BillingSettings = field(factory=BillingSettings)
    front_ends: frozenset[str] = variable("FRONT_ENDS", values.some_of(*FRONT_ENDS), FRONT_ENDS)
    secrets_keys: tuple[str, ...] = variable("SECRETS_KEY", values.secrets_keys, (), is_secret=True)
    log_format: str = variable("LOG_FORMAT", values.one_of("json", "console"), "json")
    log_level: str = variable("LOG_LEVEL", values.one_of("debug", "info", "warning", "error"), "info")
    media_store: str | None = variable("MEDIA_STORE", values.media_place, None)
    media_keep_days: int | None = variable("MEDIA_KEEP_DAYS", values.count, 90)
    history_keep_days: int | None = variable("HISTORY_KEEP_DAYS", values.count, None)
    audit_keep_days: int = variable("AUDIT_KEEP_DAYS", values.count, 365)
    media_quota_bytes: int | None = variable("MEDIA_QUOTA_MB", values.megabytes, None)
    studio_path: str = ""
    """What stands before the paths of the studio and the Mini App: nothing for the first bot."""
    studio_link: tuple[str, UserId, str] | None = field(default=None, repr=False)
    instance: str | None = variable("RENDER_INSTANCE_ID", str, None)
    is_preview: bool = variable("IS_PULL_REQUEST", values.flag, default=False)
    cpus: float | None = variable("RENDER_CPU_COUNT", values.amount, None)

    def with_options(self, environ: Mapping[str, str], options: Mapping[str, str]) -> "Settings":
        """Return these settings with what a bot has of its own instead of what ``environ`` says.

        Raises:
            SettingsError: an option that is not one of ``BOT_OPTIONS``, or a value of the wrong form.
        """
        if strange := sorted(options.keys() - BOT_OPTIONS.keys()):
            raise SettingsError(f"{name} is no setting that a bot can have of its own" for name in strange)
        own = Settings.from_env({**environ, **options})
        changed = {part for name in options for part in BOT_OPTIONS[name]}
        return evolve(self, **{part: getattr(own, part) for part in changed})

    @property
    def bot_id(self) -> str:
        """The numeric id before the token's colon: what the lock and the rows are keyed by, so that a new token of
        the same bot still excludes the old deployment."""
        return (self.telegram_bot_token or "0").partition(":")[0]

    @property
    def filters_always(self) -> bool:
        """Whether the content filter is on for everyone."""
        return self.content_filter == ALWAYS

    @property
    def traces_to(self) -> str | None:
        """Where traces go; None: nothing is traced."""
        return self.otlp_traces_endpoint or self.otlp_endpoint

    @property
    def asks_for_help(self) -> bool:
        """Whether chat models read what the local reader is unsure of."""
        return self.wish_reader == LLM

    @property
    def served_users(self) -> frozenset[UserId] | None:
        """Who is served without an invite, beside the admins; None: everyone."""
        return None if self.access == EVERYONE else self.allowed_users or frozenset()

    @classmethod
    def from_env(cls, environ: Mapping[str, str], *, required: Collection[str] = ()) -> "Settings":
        """Read the variables; an empty one counts as unset.

        Raises:
            SettingsError: with everything that is wrong or missing.
        """
        reader = _Reader(environ)
        given: dict[str, Any] = {
            declared.name: reader.read(declared.metadata[VARIABLE], declared.metadata[PARSE], declared.default)
            for declared in fields(cls)
            if VARIABLE in declared.metadata
        }
        given["public_url"] = given["public_url"] or reader.read("RENDER_EXTERNAL_URL", values.url, None)
        if given["access"] == EVERYONE and not environ.get("CONTENT_FILTER", "").strip():
            given["content_filter"] = ALWAYS  # the operator's account answers for what strangers make
        settings = cls(
            **given,
            user_limits=UserLimits(
                in_flight=reader.read("USER_LIMIT_IN_FLIGHT", values.count, None),
                per_day=reader.read("USER_LIMIT_PER_DAY", values.count, None),
                credits_per_day=reader.read(
                    "USER_LIMIT_CREDITS_PER_DAY", values.amount_or_none, _default_credits(environ, given["access"])
                ),
            ),
            group_limits=GroupLimits(
                per_day=reader.read("GROUP_LIMIT_PER_DAY", values.count, None),
                credits_per_day=reader.read("GROUP_LIMIT_CREDITS_PER_DAY", values.amount, None),
            ),
            billing=read_billing(reader),
            welcome={
                language: text
                for language, name in WELCOMES.items()
                if (text := reader.read(name, values.message, None)) is not None
            },
        )
        reader.finish(required, settings)
        return settings


@frozen
class _Reader:
    _environ: Mapping[str, str]
    _faults: list[str] = field(factory=list, init=False)

    def read(self, name: str, parse: Callable[[str], T], default: D) -> T | D:
        text = self._environ.get(name, "").strip()
        if not text:
            return default
        if parse is not Path and not is_text(text):
            self._faults.append(f"{name} holds bytes that are no UTF-8 text")
            return default
        try:
            return parse(text)
        except ValueError as error:
            self._faults.append(f"{name} {error}")
            return default

    def blame(self, fault: str) -> None:
        self._faults.append(fault)

    def finish(self, required: Collection[str], settings: Settings) -> None:
        has_others = bool(settings.secrets_keys) and not settings.telegram_bot_token
        needed = () if required == SERVICE and has_others else required
        missing = [f"{name} is not set" for name in needed if not self._environ.get(name, "").strip()]
        if settings.telegram_mode == "webhook" and not settings.public_url:
            missing.append("PUBLIC_URL is not set, and TELEGRAM_MODE=webhook needs it")
        is_closed = settings.access == INVITED and not (settings.admin_users or settings.allowed_users)
        if is_closed and "TELEGRAM_BOT_TOKEN" in needed and not missing:
            missing.append(
                "ACCESS=invited serves no one yet: set ADMIN_USERS or ALLOWED_USERS to your own Telegram id,"
                " or ACCESS=everyone to serve all who write"
            )
        if settings.is_preview and "TELEGRAM_BOT_TOKEN" in required:
            missing.append(
                "IS_PULL_REQUEST is true: a preview would compete with the deployed bot for Telegram's updates, since its"
                " database is another one; give it a bot of its own and set IS_PULL_REQUEST=false"
            )
        missing += proxy_faults(self._environ)
        if missing or self._faults:
            raise SettingsError([*missing, *self._faults])


def _default_credits(environ: Mapping[str, str], access: str) -> float | None:
    """The daily limit of one person that no one set: there is one while the operator pays for everyone."""
    operator_pays = environ.get("BILLING", "").strip().lower() in {"", "off"}
    return OPEN_LIMIT_CREDITS if access == EVERYONE and operator_pays else None
