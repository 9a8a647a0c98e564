"""Use cases for front ends: from a chosen model to a request, and what is kept of drafts."""

from attrs import frozen

from application.assisting.improve_prompt import ImprovePrompt
from application.drafts.continue_task import ContinueTask
from application.drafts.edit_draft import EditDraft
from application.drafts.fill_as_last_time import FillAsLastTime
from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.open_draft import OpenDraft
from application.drafts.quote_draft import QuoteDraft, QuoteInput
from application.drafts.run_at_once import RunAtOnce
from application.drafts.run_draft import RunDraft
from application.drafts.run_several import RunSeveral
from application.drafts.start_draft import StartDraft
from application.drafts.use_presets import UsePresets
from application.operating.read_credits import ReadCredits
from application.results.adopt_files import AdoptFiles
from application.results.choose_characters import ChooseCharacters
from application.results.repeat_generation import RepeatGeneration


@frozen(kw_only=True)
class DraftUseCases:
    """From a chosen model to a request, and what is kept of drafts."""

    start: StartDraft
    open: OpenDraft
    edit: EditDraft
    adopt_files: AdoptFiles
    characters: ChooseCharacters
    improve: ImprovePrompt
    quote: QuoteDraft
    quote_input: QuoteInput
    run: RunDraft
    run_at_once: RunAtOnce
    run_several: RunSeveral
    repeat: RepeatGeneration
    fill_as_last_time: FillAsLastTime
    continue_task: ContinueTask
    history: GenerationHistoryReader
    presets: UsePresets
    read_credits: ReadCredits
