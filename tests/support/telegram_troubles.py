"""What Telegram does to us: patience asked for, errors, lost answers, refusals, people who leave."""

from typing import Final

from simulators.telegram import TelegramFault
from tests.support.fault_scene import Kind, Scene
from tests.support.faults import Fault, Strike

SENDS: Final = ("sendPhoto", "sendMediaGroup", "sendMessage", "editMessageText", "deleteMessage")
RESULTS: Final = ("sendPhoto", "sendMediaGroup")
SLOW: Final = "!slow 0.3"
"""An order to the simulated KIE, in the prompt."""
PAGE: Final = "<html><h1>502 Bad Gateway</h1></html>"


def on(*faults: TelegramFault) -> Strike:
    """These are in force from now on."""

    async def strike(scene: Scene) -> None:
        for fault in faults:
            scene.telegram.faults.add(fault)

    return strike


def _each(methods: tuple[str, ...], times: int, **trouble: object) -> list[TelegramFault]:
    return [TelegramFault(method=method, times=times, **trouble) for method in methods]  # type: ignore[arg-type]  # keyword arguments of several types


def _refusal(method: str, description: str) -> TelegramFault:
    return TelegramFault(method=method, status=400, description=f"Bad Request: {description}", times=2)


async def _blocked(scene: Scene) -> None:
    """One of the people blocks the bot while something is being made for them, and the others do not notice."""
    leaver = scene.telegram.add_person("Eve")
    scene.people.append(leaver)
    wishes = [
        scene.wish(kind, by=leaver, order=f"{SLOW} !fail" if kind is Kind.FAILING else SLOW)
        for kind in (Kind.IMAGE, Kind.ALBUM, Kind.FAILING)
    ]
    await scene.until(
        lambda: (
            any(SLOW in str(task.input) for task in scene.kie.account.tasks.values())
            or all(scene.answered_otherwise(asked.request_key) for asked in wishes)
        )  # beside a fault that refuses them
    )
    leaver.block()


TELEGRAM_TROUBLES: Final = (
    Fault(name="telegram:flood", strike=on(*(TelegramFault.flood(3, method=method, times=3) for method in SENDS))),
    Fault(name="telegram:flood-all", strike=on(TelegramFault.flood(2, times=12))),
    Fault(name="telegram:5xx-before", strike=on(*_each(SENDS, 3, status=500))),
    Fault(name="telegram:5xx-after", strike=on(*_each(SENDS, 2, status=500, after_effect=True))),
    Fault(name="telegram:gateway", strike=on(*_each(SENDS, 2, status=502, body=PAGE))),
    Fault(name="telegram:gateway-after", strike=on(*_each(SENDS, 2, status=502, body=PAGE, after_effect=True))),
    Fault(name="telegram:lost-before", strike=on(*_each(SENDS, 2, drop=True))),
    Fault(name="telegram:lost-after", strike=on(*_each(SENDS, 1, drop=True, after_effect=True))),
    Fault(name="telegram:slow", strike=on(*_each(SENDS, 2, hang_s=0.25))),
    Fault(
        name="telegram:restarting",
        strike=on(*_each(SENDS, 2, status=500, description="Internal Server Error: restart")),
    ),
    Fault(
        name="telegram:refused-kind",
        strike=on(
            _refusal("sendPhoto", "PHOTO_INVALID_DIMENSIONS"),
            _refusal("sendPhoto", "IMAGE_PROCESS_FAILED"),
            _refusal("sendMediaGroup", "wrong file identifier/HTTP URL specified"),
            _refusal("sendDocument", "failed to get HTTP URL content"),
        ),
    ),
    Fault(
        name="telegram:too-large",
        strike=on(*_each(RESULTS, 2, status=413, body="<html><h1>413 Request Entity Too Large</h1></html>")),
    ),
    Fault(
        name="telegram:album-apart",
        strike=on(
            _refusal("sendMediaGroup", "PHOTO_INVALID_DIMENSIONS"),
            TelegramFault(
                method="sendPhoto",
                status=429,
                description="Too Many Requests: retry after 2",
                retry_after_s=2,
                probability=0.4,
                times=6,
            ),
        ),
        kinds=(Kind.ALBUM,),
        load=6,
    ),
    Fault(
        name="telegram:messages-gone",
        strike=on(
            _refusal("editMessageText", "message to edit not found"),
            _refusal("deleteMessage", "message can't be deleted"),
        ),
    ),
    Fault(name="telegram:updates", strike=on(*_each(("getUpdates",), 4, status=502, body=PAGE))),
    Fault(
        name="telegram:conflict",
        strike=on(
            TelegramFault(
                method="getUpdates",
                status=409,
                description="Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                times=2,
            )
        ),
    ),
    Fault(
        name="telegram:files", strike=on(*_each(("getFile",), 4, status=500), TelegramFault.flood(2, method="getFile"))
    ),
    Fault(name="telegram:blocked", strike=_blocked),
)
