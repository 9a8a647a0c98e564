"""The chat page in a real browser, with a small bot behind it that speaks raw HTTP."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from attrs import frozen
from playwright.async_api import Browser, FilePayload, Page, Route, expect

from simulators.telegram import PersonClient, SentFile, TelegramWorld, serve
from tests.support.telegram_simulator import TOKEN, picture

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

_KEYBOARD = {
    "inline_keyboard": [[{"text": "Press me", "callback_data": "press"}, {"text": "Alarm", "callback_data": "alarm"}]]
}


class SmallBot:
    """Answers text with buttons, says what kind of file it got, and edits its message when a button is pressed."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = f"{url}/bot{TOKEN}"

    async def call(self, method: str, **parameters: object) -> object:
        async with self._session.post(f"{self._url}/{method}", json=parameters) as response:
            body = await response.json()
            assert body["ok"], body
            return body["result"]

    async def upload(self, method: str, field: str, data: bytes, name: str, **values: str) -> None:
        form = aiohttp.FormData(values)
        form.add_field(field, data, filename=name)
        async with self._session.post(f"{self._url}/{method}", data=form) as response:
            assert response.status == 200, await response.text()

    async def run(self) -> None:
        offset = 0
        while True:
            updates = await self.call("getUpdates", offset=offset, timeout=30)
            assert isinstance(updates, list)
            for update in updates:
                offset = update["update_id"] + 1
                await self.handle(update)

    async def handle(self, update: dict[str, dict[str, object]]) -> None:
        if "inline_query" in update:
            content = {"message_text": f"About {update['inline_query']['query']}"}
            result = {"type": "article", "id": "1", "title": "Tell about it", "input_message_content": content}
            await self.call("answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[result])
            return
        if "callback_query" in update:
            await self.pressed(update["callback_query"])
            return
        if "message" not in update:
            return
        message = update["message"]
        kind = next((each for each in ("photo", "document", "voice", "audio", "video") if each in message), "text")
        chat = message["chat"]
        assert isinstance(chat, dict)
        text = f"<b>You sent</b> {kind}: {message.get('text') or message.get('caption', '')}"
        await self.call("sendMessage", chat_id=chat["id"], text=text, parse_mode="HTML", reply_markup=_KEYBOARD)

    async def pressed(self, query: dict[str, object]) -> None:
        message = query["message"]
        assert isinstance(message, dict)
        is_alarm = query["data"] == "alarm"
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=is_alarm)
        if not is_alarm:
            await self.call(
                "editMessageText", chat_id=message["chat"]["id"], message_id=message["message_id"], text="Pressed"
            )


@frozen(kw_only=True)
class Scene:
    """Everything a test needs."""

    world: TelegramWorld
    url: str
    bot: SmallBot
    anna: PersonClient
    page: Page
    errors: list[str]

    async def open(self) -> None:
        await self.page.goto(f"{self.url}/#{self.anna.id}/{self.anna.id}-42")
        await expect(self.page.locator("html[data-ready]")).to_be_attached()


@pytest_asyncio.fixture(loop_scope="module")
async def scene(browser: Browser) -> AsyncIterator[Scene]:
    world = TelegramWorld(tokens=[TOKEN], repeat_rules=False)
    anna = world.add_person("Anna")
    errors: list[str] = []
    async with serve(world) as url, aiohttp.ClientSession() as session:
        page = await browser.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        bot = SmallBot(session, url)
        running = asyncio.create_task(bot.run())
        yield Scene(world=world, url=url, bot=bot, anna=anna, page=page, errors=errors)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await page.close()
    assert errors == []


def sound() -> bytes:
    """A second of silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000)
    return target.getvalue()


async def test_a_conversation_from_start_to_a_pressed_button(scene: Scene) -> None:
    await scene.open()
    page = scene.page
    await page.get_by_role("button", name="Start").click()
    await expect(page.locator(".theirs .bubble")).to_contain_text("You sent text: /start")
    await page.get_by_placeholder("Message").fill("a red fox")
    await page.keyboard.press("Enter")
    await expect(page.locator(".own .bubble").last).to_contain_text("a red fox")
    answer = page.locator(".theirs").last
    await expect(answer.locator(".bubble strong")).to_have_text("You sent")
    await answer.get_by_role("button", name="Press me").click()
    await expect(page.locator("#toasts")).to_contain_text("Noted")
    await expect(answer.locator(".bubble")).to_contain_text("Pressed")
    await expect(answer.locator("time")).to_contain_text("edited")
    await expect(answer.get_by_role("button", name="Press me")).to_have_count(0)


async def test_a_message_that_comes_while_the_chat_is_read_is_shown(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    await expect(scene.page.locator(".theirs .bubble")).to_contain_text("You sent text: hello")

    async def answer_late(route: Route) -> None:
        read = await route.fetch()
        await scene.bot.call("sendMessage", chat_id=scene.anna.id, text="Came meanwhile")
        await expect(scene.page.locator("#chats")).to_contain_text("Came meanwhile")
        await route.fulfill(response=read)

    await scene.page.route("**/page/chats/*", answer_late, times=1)
    async with scene.page.expect_response("**/page/chats/*"):
        await scene.page.locator("#chats button").first.click()
    await scene.bot.call("sendMessage", chat_id=scene.anna.id, text="Came after it")
    await expect(scene.page.locator(".theirs .bubble").last).to_contain_text("Came after it")
    await expect(scene.page.locator(".theirs .bubble")).to_contain_text(["hello", "Came meanwhile", "Came after it"])


async def test_an_alert_waits_to_be_read(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    await scene.page.get_by_role("button", name="Alarm").click()
    await expect(scene.page.get_by_role("dialog")).to_contain_text("Noted")
    await scene.page.get_by_role("button", name="OK").click()
    await expect(scene.page.get_by_role("dialog")).to_have_count(0)


async def test_a_photo_and_an_album_are_sent_from_the_file_picker(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    page = scene.page
    one = FilePayload(name="fox.png", mimeType="image/png", buffer=picture(kind="PNG"))
    await page.locator("#picker").set_input_files(files=[one])
    await page.get_by_placeholder("Message").fill("look")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".own .photo img")).to_have_js_property("naturalWidth", 640)
    await expect(page.locator(".theirs .bubble").last).to_contain_text("You sent photo: look")
    await page.locator("#picker").set_input_files(files=[one, one, one])
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".own .album .photo img")).to_have_count(3)
    own = [each for each in scene.anna.chat().messages.values() if each.sender is scene.anna.person]
    assert len({each.group_id for each in own[-3:]}) == 1


async def test_a_picture_can_be_sent_as_a_file(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    page = scene.page
    one = FilePayload(name="fox.png", mimeType="image/png", buffer=picture(kind="PNG"))
    await page.locator("#picker").set_input_files(files=[one])
    await page.get_by_label("Send as files").check()
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".own .document")).to_contain_text("fox.png")
    async with page.expect_download() as started:
        await page.locator(".own .document").click()
    assert (await started.value).suggested_filename == "fox.png"


async def test_players_and_documents_are_shown(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    page = scene.page
    chat_id = str(scene.anna.id)
    await scene.bot.upload("sendAudio", "audio", sound(), "song.wav", chat_id=chat_id, title="Song", performer="Band")
    await expect(page.locator(".player b")).to_have_text("Band — Song")
    await expect(page.locator(".player audio")).to_have_js_property("duration", 1)
    await scene.bot.upload("sendVideo", "video", b"no real film", "film.mp4", chat_id=chat_id)
    await expect(page.locator(".video video")).to_be_visible()
    await scene.bot.upload("sendDocument", "document", b"x" * 2048, "data.zip", chat_id=chat_id)
    await expect(page.locator(".document")).to_contain_text("2.0 KB")


async def test_a_reply_and_a_forward(scene: Scene) -> None:
    scene.anna.say("first words")
    group = scene.world.add_group("Friends", [scene.anna])
    await scene.open()
    page = scene.page
    own = page.locator(".own").first
    await own.hover()
    await own.get_by_title("Reply").click()
    await page.get_by_placeholder("Message").fill("second words")
    await page.keyboard.press("Enter")
    await expect(page.locator(".own .quote")).to_contain_text("first words")
    await own.hover()
    await own.get_by_title("Forward").click()
    await page.get_by_role("dialog").get_by_role("button", name="Friends").click()
    await expect(page.locator("#chat-title")).to_have_text("Friends")
    await expect(page.locator(".forwarded")).to_contain_text("Forwarded from Anna")
    assert [message.words for message in group.messages.values()] == ["first words"]


async def test_the_command_menu_is_that_of_the_bot(scene: Scene) -> None:
    await scene.bot.call("setMyCommands", commands=[{"command": "models", "description": "All models"}])
    scene.anna.say("hello")
    await scene.open()
    await scene.page.get_by_placeholder("Message").fill("/mo")
    await scene.page.get_by_role("button", name="/models All models").click()
    await expect(scene.page.locator(".own .bubble").last).to_contain_text("/models")


async def test_an_inline_query_offers_results_to_send(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    await scene.page.get_by_placeholder("Message").fill("@simulated_42_bot foxes")
    await scene.page.get_by_role("button", name="Tell about it").click()
    await expect(scene.page.locator(".own .bubble").last).to_contain_text("About foxes")


async def test_a_bot_describes_itself_before_the_start(scene: Scene) -> None:
    await scene.bot.call("setMyDescription", description="I draw what you write.")
    await scene.open()
    await expect(scene.page.locator("#messages")).to_have_text("I draw what you write.")


async def test_what_the_bot_is_doing_is_shown(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    await expect(scene.page.locator("#chat-status")).to_have_text("bot")
    await scene.bot.call("sendChatAction", chat_id=scene.anna.id, action="upload_photo")
    await expect(scene.page.locator("#chat-status")).to_have_text("sending a photo…")


async def test_files_can_be_pasted(scene: Scene) -> None:
    scene.anna.say("hello")
    await scene.open()
    await scene.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["hello"], "note.txt", { type: "text/plain" }));
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    await expect(scene.page.locator("#tray")).to_contain_text("note.txt")
    await scene.page.get_by_role("button", name="Send").click()
    await expect(scene.page.locator(".theirs .bubble").last).to_contain_text("You sent document")


async def test_a_new_person_speaks_their_language(scene: Scene) -> None:
    await scene.open()
    page = scene.page
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("Name").fill("Борис")
    await page.get_by_label("Language").select_option("ru")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("button", name="Начать")).to_be_visible()
    assert [person.language_code for person in scene.world.people.values()] == ["en", "ru"]


async def test_words_of_a_message_are_never_html(scene: Scene) -> None:
    scene.anna.say("<img src=x onerror=alert(1)>")
    await scene.open()
    await expect(scene.page.locator(".own .bubble").last).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(scene.page.locator(".own .bubble img")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_nothing_is_wider_than_the_screen(scene: Scene, scheme: str) -> None:
    await scene.page.set_viewport_size({"width": 360, "height": 700})
    await scene.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    scene.anna.say("w" * 300)
    scene.anna.send_files([SentFile(data=picture(), name="a.jpg", mime="image/jpeg")] * 5, caption="five")
    await scene.open()
    await expect(scene.page.locator(".own .album")).to_be_visible()
    for selector in (".bubble", ".keys", "#composer"):
        for box in [await each.bounding_box() for each in await scene.page.locator(selector).all()]:
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
    await scene.page.get_by_role("button", name="Back").click()
    await expect(scene.page.locator("#chats")).to_be_visible()
