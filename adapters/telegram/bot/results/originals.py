"""The files as the provider made them, where Telegram showed a smaller picture."""

from attrs import evolve, frozen

from adapters.telegram.api.forms import UPLOAD_LIMIT_BYTES
from adapters.telegram.api.screens import FormRefused, Screen, Screens, Sender
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.results.delivery import ResultSender
from adapters.telegram.bot.results.kept import compressed
from application.errors import ResultGone, ResultRefused, ResultUnavailable
from application.generating.fetch_result import OpenResult
from application.ports.messenger import Deliverable
from domain.generation import Destination, Generation
from domain.preferences import Preferences


@frozen(kw_only=True)
class Originals:
    """Our own files where they are kept, else the provider's, who keeps them for 14 days; sent as documents, without a caption."""

    _sender: Sender
    _screens: Screens
    _open_result: OpenResult

    async def send(self, generation: Generation, title: str, destination: Destination, person: Person) -> None:
        """Each picture as a file; a sentence where it is gone. Raises what ``Sender`` does, except ``FormRefused``."""
        delivery = ResultSender(
            sender=self._sender,
            generation=evolve(generation, destination=destination),
            title=title,
            words=person.words,
            preferences=Preferences(user=person.user, originals=True, captions=False),
        )
        try:
            for index in compressed(generation):
                result = generation.results[index]
                async with self._open_result(generation, index, limit_bytes=UPLOAD_LIMIT_BYTES) as file:
                    await delivery.send([Deliverable(index=index, result=result, file=file)])
        except (ResultGone, ResultRefused):
            await self._screens.show(destination, Screen(person.words("tg-original-gone"), []))
        except (ResultUnavailable, FormRefused):
            await self._screens.show(destination, Screen(person.words("tg-original-later"), []))
