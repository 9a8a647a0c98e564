"""Which progress is worth writing down."""

from application.ports.messenger import Progress, Queued, Running

FRONT_OF_THE_QUEUE = 20


def is_news(earlier: Progress | None, now: Progress) -> bool:
    """Whether ``now`` tells a page more than it can work out from the row and the ``earlier`` progress.

    That a task runs, for how long and how long it usually takes is known from the row. A place far back in the queue
    changes with every task that begins: it is news when it is a tenth nearer. Who is next in it from the beginning
    begins at once.
    """
    match earlier, now:
        case (None, Queued(place=1)) | (_, Running()):
            return False
        case Queued(place=before), Queued(place=place):
            return place != before if min(before, place) <= FRONT_OF_THE_QUEUE else abs(before - place) * 10 >= before
        case _:
            return type(earlier) is not type(now)
