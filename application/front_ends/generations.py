"""Use cases for front ends: what is done with a generation while it runs, and with its results."""

from attrs import frozen

from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelNewest
from application.generating.fetch_result import OpenResult
from application.generating.stop_waiting import StopWaiting
from application.generating.watch_generations import WatchGenerations
from application.results.follow_ups import NextSteps
from application.results.send_to_chat import SendToChat


@frozen(kw_only=True)
class GenerationUseCases:
    """What is done with a generation while it runs, and with its results."""

    cancel: CancelGeneration
    cancel_newest: CancelNewest
    stop_waiting: StopWaiting
    watch: WatchGenerations
    open_result: OpenResult
    send_to_chat: SendToChat
    next_steps: NextSteps
