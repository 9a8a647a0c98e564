"""A chat model without a network: it answers what a test wrote down."""

from collections import deque

from adapters.memory.trouble import Script
from application.ports.clock import Clock
from application.ports.text_model import TextAnswer
from domain.media import MediaKind
from domain.text_call import TextModelId, TextPrices, TextQuestion

EVERYTHING = frozenset({MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO})


class InMemoryTextModel:
    """``TextModel`` for tests. ``answers`` come first; then the words with a few more. ``questions`` holds what was asked.

    ``on_ask`` is the script of trouble; a call that takes longer than its time limit is the test's own to raise for.
    """

    def __init__(
        self,
        clock: Clock,
        name: str = "fake",
        *,
        vendor: str = "acme",
        takes: frozenset[MediaKind] = EVERYTHING,
        cost: float | None = 0.1,
    ) -> None:
        self.id = TextModelId(name)
        self.vendor = vendor
        self.takes = takes
        self.prices = TextPrices(credits_in=45, credits_out=225)
        self.cost = cost
        self.answers: deque[str] = deque()
        self.questions: list[TextQuestion] = []
        self.on_ask = Script(clock)

    async def ask(self, question: TextQuestion, /, *, timeout_s: float) -> TextAnswer:  # noqa: ARG002  # the port's signature
        async with self.on_ask.around():
            self.questions.append(question)
            text = self.answers.popleft() if self.answers else f"{question.text}, in soft morning light"
        return TextAnswer(text=text, credits=self.cost)
