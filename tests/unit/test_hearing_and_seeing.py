"""What chat models make of a person's files and words: a voice as words, a picture described, a wish understood."""

import pytest
from attrs import define, evolve, field

from adapters.memory.attachment_source import InMemoryAttachmentSource
from adapters.memory.clock import ManualClock
from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.ids import SequentialIds
from adapters.memory.media_provider import InMemoryProvider
from adapters.memory.metrics import CountingMetrics
from adapters.memory.text_call_store import InMemoryTextCallStore
from adapters.memory.text_model import EVERYTHING, InMemoryTextModel
from adapters.memory.trouble import Trouble
from application.assisting.ask_text_model import AskTextModel
from application.assisting.look_and_listen import LONGEST_VOICE_S, LookAndListen
from application.assisting.read_with_help import LONGEST_WORDS, ReadWithHelp
from application.errors import AssistanceUnavailable, LimitReached, ProviderRejected, ProviderUnavailable
from application.generating.bot_accounts import BotAccounts
from application.limits import TextLimits
from domain.failure import Failure, FailureKind
from domain.media import Attachment, MediaKind
from domain.provider_account import AccountName
from domain.text_call import TextQuestion
from domain.use import Use
from tests.support.generations import ANN
from tests.support.product import PHOTO

VOICE = Attachment(reference="voice-1", kind=MediaKind.AUDIO, mime="audio/ogg", name="voice.ogg", seconds=4.0)
AWAY = Trouble(error=ProviderUnavailable("503"))


@define
class Desk:
    """One chat model that takes these files, and a person's voice and photo where the front end keeps them."""

    takes: frozenset[MediaKind] = EVERYTHING
    limits: TextLimits = field(factory=TextLimits)
    clock: ManualClock = field(factory=ManualClock)
    model: InMemoryTextModel = field(init=False)
    calls: InMemoryTextCallStore = field(init=False)
    attachments: InMemoryAttachmentSource = field(init=False)
    provider: InMemoryProvider = field(init=False)
    accounts: BotAccounts = field(init=False)
    ask: AskTextModel = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.model = InMemoryTextModel(self.clock, takes=self.takes)
        self.calls = InMemoryTextCallStore(self.clock, InMemoryGenerationStore(self.clock))
        self.attachments = InMemoryAttachmentSource(self.clock)
        self.attachments.files = {VOICE.reference: b"OggS", PHOTO.reference: b"PNG"}
        self.provider = InMemoryProvider(self.clock)
        self.accounts = BotAccounts(self.provider)
        self.ask = AskTextModel(
            models=[self.model],
            calls=self.calls,
            clock=self.clock,
            ids=SequentialIds(),
            metrics=CountingMetrics(),
            limits=self.limits,
        )

    @property
    def look(self) -> LookAndListen:
        return LookAndListen(ask=self.ask, attachments=self.attachments, accounts=self.accounts)

    @property
    def read(self) -> ReadWithHelp:
        return ReadWithHelp(ask=self.ask, is_on=True)

    @property
    def asked(self) -> TextQuestion:
        [question] = self.model.questions
        return question


async def test_a_voice_comes_back_as_its_words() -> None:
    desk = Desk()
    desk.model.answers.append("  a red fox in snow\n")
    assert await desk.look.hear(ANN, VOICE) == "a red fox in snow"
    [file] = desk.asked.files
    assert (desk.provider.uploads[file.url], file.kind, file.seconds) == (b"OggS", MediaKind.AUDIO, 4.0)


@pytest.mark.parametrize("voice", [PHOTO, evolve(VOICE, seconds=LONGEST_VOICE_S + 1)])
async def test_a_picture_or_a_long_speech_is_not_heard_and_nothing_leaves(voice: Attachment) -> None:
    desk = Desk()
    assert desk.look.price_of_words(voice) is None
    with pytest.raises(AssistanceUnavailable):
        await desk.look.hear(ANN, voice)
    assert desk.provider.uploads == {}


def test_a_voice_of_unknown_length_has_a_price_as_one_of_the_longest_has() -> None:
    look = Desk().look
    short, longest = look.price_of_words(VOICE), look.price_of_words(evolve(VOICE, seconds=LONGEST_VOICE_S))
    unknown = look.price_of_words(evolve(VOICE, seconds=None))
    assert short
    assert unknown
    assert longest
    assert 0 < short.high < unknown.high < longest.high


async def test_without_a_model_that_takes_the_file_nothing_is_offered_or_sent() -> None:
    desk = Desk(takes=frozenset())
    assert (desk.look.price_of_words(VOICE), desk.look.price_of_description(PHOTO)) == (None, None)
    with pytest.raises(AssistanceUnavailable):
        await desk.look.describe(ANN, PHOTO, language="en")
    assert desk.provider.uploads == {}


@pytest.mark.parametrize(("language", "said"), [("ru", "code ru"), ("en", "code en"), ("de", "code de")])
async def test_a_picture_is_described_in_the_persons_language(language: str, said: str) -> None:
    desk = Desk()
    desk.model.answers.append(" A fox in snow. ")
    assert await desk.look.describe(ANN, PHOTO, language=language, question="What is it?") == "A fox in snow."
    assert said in desk.asked.instructions
    assert desk.asked.text == "What is it?"
    assert "What is it?" not in desk.asked.instructions  # what a person wrote is no instruction


def test_a_voice_is_not_described() -> None:
    assert Desk().look.price_of_description(VOICE) is None


@pytest.mark.parametrize(
    ("kind", "goes_on"),
    [(FailureKind.UNAUTHORISED, True), (FailureKind.OUT_OF_CREDITS, True), (FailureKind.INVALID_INPUT, False)],
)
async def test_a_file_goes_to_the_next_account_where_the_first_refuses_us_altogether(
    kind: FailureKind, goes_on: bool
) -> None:
    desk, second = Desk(), InMemoryProvider(ManualClock())
    desk.accounts.use({AccountName("second"): second})
    desk.provider.on_upload.add(Trouble(error=ProviderRejected(Failure(kind=kind))))
    if goes_on:
        assert await desk.look.hear(ANN, VOICE) is not None
        assert [one.url for one in desk.asked.files] == list(second.uploads)
    else:
        with pytest.raises(AssistanceUnavailable):
            await desk.look.hear(ANN, VOICE)
    assert bool(second.uploads) is goes_on


async def test_a_file_that_is_gone_or_not_uploaded_costs_nothing() -> None:
    desk = Desk()
    desk.provider.on_upload.add(AWAY)
    with pytest.raises(AssistanceUnavailable):
        await desk.look.hear(ANN, VOICE)
    desk.attachments.files.clear()
    with pytest.raises(AssistanceUnavailable):
        await desk.look.describe(ANN, PHOTO, language="en")
    assert desk.calls.calls == {}


@pytest.mark.parametrize(
    ("answer", "use"),
    [
        ('{"use": "music", "confidence": 0.9}', Use.MUSIC),
        ('Sure! {"use": "music", "confidence": 1} Anything else?', Use.MUSIC),
        ('{"use": "music", "confidence": 0.5}', None),
        ('{"use": "music", "confidence": "high"}', None),
        ('{"use": null, "confidence": 0.9}', None),
        ('{"use": "lottery", "confidence": 0.9}', None),
        ("{use: music}", None),
        ("Music, I think.", None),
    ],
)
async def test_only_a_sure_answer_that_is_a_known_use_is_believed(answer: str, use: Use | None) -> None:
    desk = Desk()
    desk.model.answers.append(answer)
    assert await desk.read(ANN, "a tune for the sea", []) is use
    assert "no file" in desk.asked.instructions


async def test_a_use_that_does_not_go_with_the_files_is_neither_offered_nor_believed() -> None:
    desk = Desk()
    desk.model.answers.append('{"use": "speech", "confidence": 1}')
    assert await desk.read(ANN, "make it speak", [MediaKind.IMAGE]) is None
    assert "They sent with it: image." in desk.asked.instructions
    offered = desk.asked.instructions.partition("want: ")[2].partition("?")[0].split(", ")
    assert Use.IMAGE_EDIT in offered
    assert Use.SPEECH not in offered


async def test_a_wish_is_understood_even_where_the_person_has_no_credits_left_for_questions() -> None:
    desk = Desk(limits=TextLimits(user_per_day=0))
    with pytest.raises(LimitReached):
        await desk.look.hear(ANN, VOICE)
    desk.model.answers.append('{"use": "music", "confidence": 1}')
    assert await desk.read(ANN, "a tune", []) is Use.MUSIC


async def test_without_an_answer_all_is_as_before() -> None:
    desk = Desk()
    desk.model.on_ask.add(AWAY)
    assert await desk.read(ANN, "a tune", []) is None


@pytest.mark.parametrize("text", [" ", "x" * (LONGEST_WORDS + 1)])
async def test_no_words_and_a_whole_story_are_not_asked_about(text: str) -> None:
    desk = Desk()
    assert await desk.read(ANN, text, []) is None
    assert desk.model.questions == []


async def test_switched_off_no_model_is_asked() -> None:
    desk = Desk()
    assert await evolve(desk.read, is_on=False)(ANN, "a tune", []) is None
    assert desk.model.questions == []
