"""Drafts: a model with values on its way to a generation; and what is kept of them: presets, repeats, the history."""

from dependency_injector import providers

from application.drafts.continue_task import ContinueTask
from application.drafts.delete_preset import DeletePreset
from application.drafts.edit_draft import EditDraft
from application.drafts.fill_as_last_time import FillAsLastTime
from application.drafts.fill_draft import PrepareValues
from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.open_draft import OpenDraft
from application.drafts.open_preset import OpenPreset
from application.drafts.rename_preset import RenamePreset
from application.drafts.run_at_once import RunAtOnce
from application.drafts.run_several import RunSeveral
from application.drafts.run_within_budget import RunWithinBudget
from application.drafts.save_preset import SavePreset
from application.drafts.share_preset import SharePreset
from application.drafts.start_draft import StartDraft
from application.drafts.unshare_preset import UnsharePreset
from application.drafts.use_presets import UsePresets
from application.ports.preset_store import PresetStore
from application.results.adopt_files import AdoptFiles
from application.results.repeat_generation import RepeatGeneration
from config.slices.ports import Ports
from config.slices.requesting import Requesting


class Drafts(Requesting):
    """Use cases of drafts."""

    presets: providers.Provider[PresetStore] = providers.Dependency()

    history_reader = providers.Singleton(
        GenerationHistoryReader, generations=Ports.generations, catalog=Ports.catalog, clock=Ports.clock
    )
    prepare_values = providers.Singleton(PrepareValues, history=history_reader, measure=Requesting.measure_files)
    start_draft = providers.Singleton(
        StartDraft,
        drafts=Ports.drafts,
        preferences=Ports.preferences,
        prepare=prepare_values,
        clock=Ports.clock,
        ids=Ports.ids,
    )
    open_draft = providers.Singleton(OpenDraft, Ports.drafts)
    edit_draft = providers.Singleton(
        EditDraft, drafts=Ports.drafts, catalog=Ports.catalog, clock=Ports.clock, measure=Requesting.measure_files
    )
    adopt_files = providers.Singleton(AdoptFiles, keep=Requesting.keep_attachment, edit=edit_draft)
    fill_as_last_time = providers.Singleton(
        FillAsLastTime, drafts=Ports.drafts, catalog=Ports.catalog, history=history_reader, clock=Ports.clock
    )
    continue_task = providers.Singleton(ContinueTask, catalog=Ports.catalog, history=history_reader, edit=edit_draft)
    run_at_once = providers.Singleton(
        RunAtOnce, start=start_draft, quote=Requesting.quote_input, run=Requesting.run_draft
    )
    run_within_budget = providers.Singleton(
        RunWithinBudget,
        catalog=Ports.catalog,
        generations=Ports.generations,
        quote=Requesting.quote_input,
        run=Requesting.run_draft,
    )
    run_several = providers.Singleton(
        RunSeveral,
        preferences=Ports.preferences,
        prepare=prepare_values,
        quote=Requesting.quote_input,
        request=Requesting.request_generation,
        confirm_credits=Ports.settings.provided.confirm_credits,
    )
    repeat_generation = providers.Singleton(
        RepeatGeneration,
        catalog=Ports.catalog,
        history=history_reader,
        quote=Requesting.quote_input,
        start=start_draft,
        run=Requesting.run_draft,
        clock=Ports.clock,
        ids=Ports.ids,
    )

    save_preset = providers.Singleton(SavePreset, store=presets, ids=Ports.ids, clock=Ports.clock)
    open_preset = providers.Singleton(OpenPreset, Ports.catalog, Requesting.quote_draft)
    share_preset = providers.Singleton(SharePreset, store=presets, ids=Ports.ids)
    unshare_preset = providers.Singleton(UnsharePreset, store=presets)
    rename_preset = providers.Singleton(RenamePreset, store=presets)
    delete_preset = providers.Singleton(DeletePreset, store=presets)
    use_presets = providers.Singleton(
        UsePresets, store=presets, save=save_preset, open=open_preset, start=start_draft, delete=delete_preset
    )
