"""The lives that are stopped at every instant: what a person does, and how it ends where nothing goes wrong."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from simulators.kie import HtmlPage, KieSimulator, LostAnswer, LostRequest
from simulators.kie import KieFault as Trouble
from simulators.telegram import Charge, Message, PersonClient, SentFile, TelegramFault, TelegramWorld
from tests.support.kie_client import CREATE, png_bytes

Until = Callable[[Callable[[], object]], Awaitable[None]]


class End(StrEnum):
    """What a person has at the end of an undisturbed life."""

    RESULT = "the result"
    BAD_NEWS = "the reason why there is none"
    NOTHING = "nothing: the chat is closed to the bot"
    CANCELLED = "word that it was taken back"
    ANSWER = "an answer"


@frozen(kw_only=True)
class Scene:
    """Where a life takes place. ``until`` waits for what the simulators have seen; ``beside`` does not wait for what a person does."""

    telegram: TelegramWorld
    kie: KieSimulator
    person: PersonClient
    until: Until
    beside: Callable[[Coroutine[Any, Any, object]], None]

    def said(self) -> list[Message]:
        """What the bot's messages in the chat are now."""
        return [m for m in self.person.chat().messages.values() if m.sender is not self.person.person]

    def pictures(self) -> list[Message]:
        """The messages of the bot that are pictures."""
        return [message for message in self.said() if message.media]


@frozen(kw_only=True)
class Life:
    """``act`` is what the stop is armed for, ``prepare`` what comes before it."""

    end: End
    act: Callable[[Scene], None]
    prepare: Callable[[Scene], Awaitable[None]] | None = None
    leaves: int | None = None
    """How many messages of the bot are in the chat at the end, where that is known; one more is one said twice."""
    makes: int = 1
    """How many generations come of it, where it has a result."""

    @property
    def wishes(self) -> int:
        """How many generations come of it."""
        return 0 if self.end is End.ANSWER else self.makes


def _generate(arguments: str, *, meets: Trouble | None = None) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        if meets:
            scene.kie.faults.add(CREATE, meets)
        scene.person.say(f"/generate {arguments} of {scene.person.id}")

    return act


def _photo(scene: Scene) -> None:
    photo = SentFile(data=png_bytes((400, 300)), name="dog.png", mime="image/png")
    scene.person.send_file(photo, caption="/generate omnihuman-1-5/subject-detection")


def _lost_photo(scene: Scene) -> None:
    scene.telegram.faults.add(TelegramFault(method="getFile", status=400, description="Bad Request: file is too big"))
    _photo(scene)


def _blocked(scene: Scene) -> None:
    scene.telegram.faults.add(
        TelegramFault(
            method="sendPhoto",
            chat_id=scene.person.id,
            status=403,
            description="Forbidden: bot was blocked by the user",
            times=None,
        )
    )
    _generate("z-image a hare")(scene)


async def _waiting(scene: Scene) -> None:
    scene.telegram.faults.add(TelegramFault(method="getFile", status=500))
    _photo(scene)
    await scene.until(lambda: any(message.buttons for message in scene.said()))


def _press(data: str) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        message = next(message for message in reversed(scene.said()) if message.buttons)
        buttons = [str(each["callback_data"]) for row in message.buttons for each in row]
        scene.person.press_data(message, next(each for each in buttons if data in each))

    return act


def _asked(words: str) -> Callable[[Scene], Awaitable[None]]:
    async def prepare(scene: Scene) -> None:
        scene.person.say(words)
        await scene.until(lambda: any(message.buttons for message in scene.said()))

    return prepare


async def _models_shown(scene: Scene) -> None:
    await _asked("a fox in snow")(scene)
    offer = next(message for message in reversed(scene.said()) if message.buttons)
    scene.person.press(offer, "⚙️ Options and more models ▶")
    await scene.until(lambda: ":m:" in str(offer.buttons))


def _say(words: str) -> Callable[[Scene], None]:
    def act(scene: Scene) -> None:
        scene.person.say(words)

    return act


async def _two_chosen(scene: Scene) -> None:
    await _asked("a picture of a fox in snow")(scene)
    for begins, leads_to in (("🔀", "▶️ Run 3"), ("✅", "▶️ Run 2")):
        scene.person.press(scene.said()[-1], _label(scene, begins))
        await scene.until(lambda leads_to=leads_to: _label(scene, leads_to))  # type: ignore[misc]  # bound for this turn


def _label(scene: Scene, begins: str) -> str:
    """The first button of the last message that begins so; empty where there is none."""
    labels = (str(each["text"]) for row in scene.said()[-1].buttons for each in row)
    return next((each for each in labels if each.startswith(begins)), "")


def _runs_two(scene: Scene) -> None:
    scene.person.press(scene.said()[-1], _label(scene, "▶️ Run 2"))


def _in_the_end_says(words: str) -> Callable[[Scene], bool]:
    return lambda scene: any(words in message.words for message in scene.said())


async def _packages(scene: Scene) -> Message:
    scene.person.say("/buy")
    await scene.until(lambda: _in_the_end_says("Choose how many")(scene))
    return next(message for message in scene.said() if "Choose how many" in message.words)


async def _invoice_shown(scene: Scene) -> None:
    scene.person.press(await _packages(scene), "100 credits · 100 ⭐")
    await scene.until(lambda: any("invoice" in message.extra for message in scene.said()))


def _pays(scene: Scene) -> None:
    invoice = next(message for message in scene.said() if "invoice" in message.extra)
    scene.beside(scene.person.pay(invoice))


async def _subscription_shown(scene: Scene) -> None:
    scene.person.press(await _packages(scene), "Every month: 300 credits · 300 ⭐")
    await scene.until(lambda: _in_the_end_says("Once a month")(scene))


def _subscribes(scene: Scene) -> None:
    offered = next(message for message in scene.said() if "Once a month" in message.words)
    scene.beside(scene.person.pay_at(str(offered.buttons[0][0]["url"])))


async def _bought(scene: Scene) -> None:
    await _invoice_shown(scene)
    _pays(scene)
    await scene.until(lambda: _in_the_end_says("Thank you")(scene))


def _charge(scene: Scene) -> Charge:
    return next(each for each in scene.telegram.payments.charges.values() if each.payer is scene.person.person)


def _refunds(scene: Scene) -> None:
    scene.person.say(f"/admin refund {_charge(scene).id}")


def _is_given_back(scene: Scene) -> None:
    scene.telegram.payments.give_back(_charge(scene))


async def _code_written_down(scene: Scene) -> None:
    scene.person.say(f"/admin promo CODE{scene.person.id} 25 1")
    await scene.until(lambda: _in_the_end_says("A link")(scene))


async def _invited(scene: Scene) -> None:
    inviter = scene.telegram.add_person(f"Who invited {scene.person.id}")
    inviter.say("/start")
    await scene.until(lambda: len(inviter.chat().messages) > 1)
    scene.person.say(f"/start r-{inviter.id}")
    await scene.until(lambda: bool(scene.said()))
    await _invoice_shown(scene)


LIVES: Final[Mapping[str, Life]] = {
    "a picture": Life(end=End.RESULT, act=_generate("z-image the fox")),
    "a slow picture": Life(end=End.RESULT, act=_generate("z-image !slow 4 ! the fox")),
    "an album": Life(end=End.RESULT, act=_generate("bytedance/seedream-v4-text-to-image max_images=2 the fox")),
    "several at once": Life(end=End.RESULT, act=_runs_two, prepare=_two_chosen, makes=2),
    "a film": Life(end=End.RESULT, act=_generate("grok-imagine/text-to-video the fox")),
    "a text about a photo": Life(end=End.RESULT, act=_photo),
    "a result that is gone": Life(end=End.RESULT, act=_generate("z-image !gone ! the fox")),
    "a failed task": Life(end=End.BAD_NEWS, act=_generate("z-image !fail 501 no ! the fox")),
    "a refused task": Life(end=End.BAD_NEWS, act=_generate("z-image !refuse 422 no ! the fox")),
    "a lost photo": Life(end=End.BAD_NEWS, act=_lost_photo),
    "a task put off": Life(end=End.RESULT, act=_generate("z-image the fox", meets=HtmlPage(status=425))),
    "a lost answer": Life(end=End.RESULT, act=_generate("z-image the fox", meets=LostAnswer())),
    "a request that never came": Life(end=End.BAD_NEWS, act=_generate("z-image the fox", meets=LostRequest())),
    "a blocked bot": Life(end=End.NOTHING, act=_blocked),
    "a wish taken back": Life(end=End.CANCELLED, act=_press(":cancel"), prepare=_waiting),
    "a card": Life(end=End.ANSWER, act=_say("a fox in snow")),
    "a chosen model": Life(end=End.ANSWER, act=_press(":m:"), prepare=_models_shown),
    "a card put away": Life(end=End.ANSWER, act=_say("/cancel"), prepare=_models_shown),
    "a purchase": Life(end=End.ANSWER, act=_pays, prepare=_invoice_shown, leaves=3),
    "an invited one's purchase": Life(end=End.ANSWER, act=_pays, prepare=_invited, leaves=4),
    "a month": Life(end=End.ANSWER, act=_subscribes, prepare=_subscription_shown, leaves=3),
    "a refund": Life(end=End.ANSWER, act=_refunds, prepare=_bought, leaves=4),
    "a payment that Telegram gives back": Life(end=End.ANSWER, act=_is_given_back, prepare=_bought, leaves=3),
    "a promo code": Life(
        end=End.ANSWER,
        act=lambda scene: _say(f"/promo CODE{scene.person.id}")(scene),
        prepare=_code_written_down,
        leaves=2,
    ),
    "a gift": Life(end=End.ANSWER, act=_say("/balance"), leaves=1),
    "a setting": Life(end=End.ANSWER, act=_press("s:language:"), prepare=_asked("/settings")),
}
