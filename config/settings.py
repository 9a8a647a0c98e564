"""What the environment says, read once, checked whole: every fault is named in one message."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Final, TypeVar

from attrs import evolve, field, frozen

from application.generating.creation_rate_limiter import CreationWindow
from application.ports.generation_store import GroupLimits, UserLimits
from config import values
from config.billing_settings import BILLING_NAMES, BillingSettings, read_billing
from config.database_url import database_url
from config.proxies import proxy_faults
from domain.generation import UserId

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
"""The doors there are. The chat is always open: a bot is what a deployment is for."""

SERVICE: Final = ("TELEGRAM_BOT_TOKEN", "KIE_API_KEY")
"""What `mediabot run` can't do without, unless SECRETS_KEY says that the bots are those of the directory."""


BOT_OPTIONS: Final[Mapping[str, Collection[str]]] = {
    "ACCESS": ("access", "user_limits"),
    "ALLOWED_USERS": ("allowed_users",),
    "CONTENT_FILTER": ("content_filter",),
    "USER_LIMIT_IN_FLIGHT": ("user_limits",),
    "USER_LIMIT_PER_DAY": ("user_limits",),
    "USER_LIMIT_CREDITS_PER_DAY": ("user_limits",),
    "GROUP_LIMIT_PER_DAY": ("group_limits",),
    "GROUP_LIMIT_CREDITS_PER_DAY": ("group_limits",),
    "ALARM_CREDITS": ("alarm_credits",),
    "CONFIRM_CREDITS": ("confirm_credits",),
    **dict.fromkeys(BILLING_NAMES, ("billing", "user_limits")),
}
"""What a bot of the directory may have of its own, and the fields of ``Settings`` that it changes. Who is served and who pays
decides about the daily limit as well."""


class SettingsError(Exception):
    """The configuration can't be used. ``faults`` holds one sentence a variable; values of secrets are never in it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@frozen(kw_only=True)
class Settings:
    """The environment, typed. Secrets stay out of the repr."""

    telegram_bot_token: str | None = field(default=None, repr=False)
    kie_api_key: str | None = field(default=None, repr=False)
    database_url: str | None = field(default=None, repr=False)
    data_dir: Path = Path("data")
    postgres_bin: Path | None = None
    port: int = 8080
    public_url: str | None = None
    kie_webhook_hmac_key: str | None = field(default=None, repr=False)
    telegram_api_base: str = "https://api.telegram.org"
    kie_api_base: str = "https://api.kie.ai"
    kie_upload_base: str = "https://kieai.redpandaai.co"
    telegram_mode: str = "polling"
    telegram_limits: bool = True
    creation_window: CreationWindow = PROVIDER_WINDOW
    allow_private_hosts: bool = False
    access: str = INVITED
    content_filter: str = "users"
    allowed_users: frozenset[UserId] | None = None
    admin_users: frozenset[UserId] = frozenset()
    user_limits: UserLimits = field(factory=UserLimits)
    group_limits: GroupLimits = field(factory=GroupLimits)
    alarm_credits: float | None = None
    confirm_credits: float = 100.0
    wish_reader: str = LOCAL
    text_models: tuple[str, ...] = TEXT_MODELS
    text_credits_per_day: float | None = TEXT_CREDITS
    metrics_token: str | None = field(default=None, repr=False)
    billing: BillingSettings = field(factory=BillingSettings)
    front_ends: frozenset[str] = FRONT_ENDS
    secrets_keys: tuple[str, ...] = field(default=(), repr=False)
    log_format: str = "json"
    log_level: str = "info"
    media_store: str | None = None
    media_keep_days: int | None = 90
    media_quota_bytes: int | None = None
    studio_link: tuple[str, UserId, str] | None = field(default=None, repr=False)
    instance: str | None = None
    is_preview: bool = False
    cpus: float | None = None

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
        access = reader.read("ACCESS", values.one_of(INVITED, EVERYONE), INVITED)
        settings = cls(
            access=access,
            content_filter=reader.read("CONTENT_FILTER", values.one_of("users", ALWAYS), "users"),
            telegram_bot_token=reader.read("TELEGRAM_BOT_TOKEN", values.token, None),
            kie_api_key=reader.read("KIE_API_KEY", values.secret, None),
            database_url=reader.read("DATABASE_URL", database_url, None),
            data_dir=reader.read("MEDIABOT_DATA", Path, Path("data")),
            postgres_bin=reader.read("MEDIABOT_PG_BIN", Path, None),
            port=reader.read("PORT", values.port, 8080),
            public_url=reader.read("PUBLIC_URL", values.url, None)
            or reader.read("RENDER_EXTERNAL_URL", values.url, None),
            kie_webhook_hmac_key=reader.read("KIE_WEBHOOK_HMAC_KEY", values.secret, None),
            telegram_api_base=reader.read("TELEGRAM_API_BASE", values.url, "https://api.telegram.org"),
            kie_api_base=reader.read("KIE_API_BASE", values.url, "https://api.kie.ai"),
            kie_upload_base=reader.read("KIE_UPLOAD_BASE", values.url, "https://kieai.redpandaai.co"),
            telegram_mode=reader.read("TELEGRAM_MODE", values.one_of("polling", "webhook"), "polling"),
            telegram_limits=reader.read("TELEGRAM_LIMITS", values.flag, default=True),
            creation_window=reader.read("KIE_CREATE_LIMIT", values.window, PROVIDER_WINDOW),
            allow_private_hosts=reader.read("ALLOW_PRIVATE_HOSTS", values.flag, default=False),
            allowed_users=reader.read("ALLOWED_USERS", values.users, None),
            admin_users=reader.read("ADMIN_USERS", values.users, frozenset()),
            user_limits=UserLimits(
                in_flight=reader.read("USER_LIMIT_IN_FLIGHT", values.count, None),
                per_day=reader.read("USER_LIMIT_PER_DAY", values.count, None),
                credits_per_day=reader.read(
                    "USER_LIMIT_CREDITS_PER_DAY", values.amount_or_none, _default_credits(environ, access)
                ),
            ),
            group_limits=GroupLimits(
                per_day=reader.read("GROUP_LIMIT_PER_DAY", values.count, None),
                credits_per_day=reader.read("GROUP_LIMIT_CREDITS_PER_DAY", values.amount, None),
            ),
            alarm_credits=reader.read("ALARM_CREDITS", values.amount, None),
            confirm_credits=reader.read("CONFIRM_CREDITS", values.amount, 100.0),
            wish_reader=reader.read("WISH_READER", values.one_of(LOCAL, LLM), LOCAL),
            text_models=reader.read("TEXT_MODELS", values.text_models, TEXT_MODELS),
            text_credits_per_day=reader.read("TEXT_CREDITS_PER_DAY", values.amount_or_none, TEXT_CREDITS),
            metrics_token=reader.read("METRICS_TOKEN", values.secret, None),
            billing=read_billing(reader),
            front_ends=reader.read("FRONT_ENDS", values.some_of(*FRONT_ENDS), FRONT_ENDS),
            secrets_keys=reader.read("SECRETS_KEY", values.secrets_keys, ()),
            log_format=reader.read("LOG_FORMAT", values.one_of("json", "console"), "json"),
            log_level=reader.read("LOG_LEVEL", values.one_of("debug", "info", "warning", "error"), "info"),
            media_store=reader.read("MEDIA_STORE", values.media_place, None),
            media_keep_days=reader.read("MEDIA_KEEP_DAYS", values.count, 90),
            media_quota_bytes=reader.read("MEDIA_QUOTA_MB", values.megabytes, None),
            instance=reader.read("RENDER_INSTANCE_ID", str, None),
            is_preview=reader.read("IS_PULL_REQUEST", values.flag, default=False),
            cpus=reader.read("RENDER_CPU_COUNT", values.amount, None),
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
                "ACCESS=invited serves nobody yet: set ADMIN_USERS or ALLOWED_USERS to your own Telegram id,"
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
