"""The real service on simulators, and pages of its studio in a real browser."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

from attrs import define, evolve, field
from playwright.async_api import Browser, ConsoleMessage, Page

from simulators.kie import KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.service import TOKEN, ServiceProcess, service_process

AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PHONE: Final = {"width": 390, "height": 844}
WIDE: Final = {"width": 1200, "height": 860}
PEOPLE: Final = 30
"""More than there are tests of one place."""
OPTIONS: Final = SimulatorOptions(duration_s=0.6, creation_limit=1000, read_limit=1000)


def signed_in(base: str, user_id: int, *, prefix: str = "/studio") -> str:
    """The address that Telegram's login button would lead this person to."""
    return f"{base}{prefix}/sign-in/telegram?{urlencode(proof_of(user_id))}"


def back_from_login(base: str, user_id: int, *, prefix: str = "/studio") -> str:
    """The address that Telegram's login page would lead this person back to."""
    proof = base64.urlsafe_b64encode(json.dumps(proof_of(user_id, name="Аня")).encode()).decode().rstrip("=")
    return f"{base}{prefix}/sign-in/telegram?next={prefix}/library#tgAuthResult={proof}"


def proof_of(user_id: int, *, name: str = "Ann") -> Mapping[str, object]:
    """What Telegram signs of a person."""
    fields: dict[str, object] = {"id": user_id, "first_name": name, "auth_date": int(time.time())}
    text = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()))
    key = hashlib.sha256(TOKEN.encode()).digest()
    return {**fields, "hash": hmac.new(key, text.encode(), hashlib.sha256).hexdigest()}


def init_data(user_id: int, token: str = TOKEN) -> str:
    """What Telegram hands to a Mini App that this person opens."""
    user = json.dumps({"id": user_id, "first_name": "Ann", "language_code": "en"})
    fields = {"auth_date": str(int(time.time())), "query_id": "q", "user": user}
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return urlencode({**fields, "hash": hmac.new(key, text.encode(), hashlib.sha256).hexdigest()})


@define
class Pages:
    """Opens pages and remembers what their consoles complained of."""

    browser: Browser
    base: str
    user_id: int
    complaints: list[str] = field(factory=list)

    async def open(
        self, *, viewport: Mapping[str, int] = PHONE, scheme: str = "light", locale: str = "en-US", base: str = ""
    ) -> Page:
        """A page of a browser of its own, signed in."""
        context = await self.browser.new_context(
            viewport=dict(viewport),  # type: ignore[arg-type]  # a TypedDict
            color_scheme=scheme,  # type: ignore[arg-type]  # light or dark
            locale=locale,
            has_touch=viewport is PHONE,
        )
        page = await context.new_page()
        page.on("console", _hears(self.complaints))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(signed_in(base or self.base, self.user_id))
        return page


def _hears(complaints: list[str]) -> Callable[[ConsoleMessage], None]:
    def hear(said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            complaints.append(said.text)

    return hear


async def violations(page: Page) -> Sequence[str]:
    """What axe-core finds on the page as it is."""
    await page.evaluate(AXE)
    found: Mapping[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@define
class Place:
    """The simulators behind the service, and one of the people in it."""

    world: TelegramWorld
    kie: KieSimulator
    services: Sequence[ServiceProcess]
    person: PersonClient
    newcomers: list[PersonClient] = field(factory=list)

    @property
    def user_id(self) -> int:
        return self.person.id

    def of_someone_else(self) -> "Place":
        """The same place as another of its operators sees it, who has done nothing here yet."""
        return evolve(self, person=self.newcomers.pop())


@asynccontextmanager
async def studio_service(
    dsn: str, *, instances: int = 1, more: Mapping[str, str] = MappingProxyType({}), folder: str
) -> AsyncIterator[Place]:
    """Instances of the service that share a database and a folder of files."""
    world, kie = TelegramWorld(tokens=[TOKEN]), KieSimulator(OPTIONS)
    person, *newcomers = [world.add_person("Ann") for _ in range(PEOPLE)]
    for each in (person, *newcomers):
        world.private_chat(each.person, world.bots[TOKEN])
    operators = ",".join(str(each.id) for each in (person, *newcomers))
    environment = {"ADMIN_USERS": operators, "MEDIA_STORE": folder, **more}
    async with serve_telegram(world) as telegram, serve_kie(kie) as provider:
        first = service_process(dsn=dsn, telegram=telegram, kie=provider, more=environment)
        async with first as one:
            await one.wait_for_role("leader")
            if instances == 1:
                yield Place(world, kie, [one], person, newcomers)
                return
            async with service_process(dsn=dsn, telegram=telegram, kie=provider, more=environment) as two:
                await two.wait_for_role("standby")
                yield Place(world, kie, [one, two], person, newcomers)
