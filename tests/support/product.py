"""The use cases that front ends share, on memory adapters and a clock that only the test moves."""

from attrs import define, field
from dependency_injector import providers

from adapters.fluent_texts import load_texts
from adapters.memory.current_result_store import InMemoryCurrentResultStore
from adapters.memory.draft_store import InMemoryDraftStore
from adapters.memory.preference_store import InMemoryPreferenceStore
from adapters.memory.preset_store import InMemoryPresetStore
from application.catalog.model_notices import ModelNotices
from config.settings import Settings
from config.slices.generating import Generating
from config.slices.wishes import Wishes
from domain.generation import Destination
from domain.media import Attachment, MediaKind
from domain.model import ModelId
from domain.operation import ModelPause
from tests.support.core_fixture import FIND_MODELS, NEXT_STEPS, World
from tests.support.generations import NOON

TEXTS = load_texts()
HERE = Destination(chat="1")
PHOTO = Attachment(reference="file-1", kind=MediaKind.IMAGE, mime="image/png", name="a.png")


class Product(Wishes, Generating):
    """The use cases that every front end has."""


@define
class ProductWorld(World):
    """A world in which people have drafts and settings."""

    drafts: InMemoryDraftStore = field(init=False)
    preferences: InMemoryPreferenceStore = field(init=False)
    notices: ModelNotices = field(init=False)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self.drafts = InMemoryDraftStore(self.clock)
        self.preferences = InMemoryPreferenceStore(self.clock)
        self.notices = ModelNotices(switches=self.switches, alarms=self.alarms, clock=self.clock)

    def product(self, settings: Settings | None = None) -> Product:
        """The use cases of one process."""
        return Product(
            **self.ports(settings),
            notices=self.notices,
            drafts=self.drafts,
            preferences=self.preferences,
            presets=InMemoryPresetStore(self.clock),
            next_steps=NEXT_STEPS,
            find_models=FIND_MODELS,
            current_results=InMemoryCurrentResultStore(self.clock),
            statistics=providers.Object(None),
            media_index=providers.Object(None),
            texts=TEXTS,
        )

    async def pause(self, model_id: str, reason: str = "") -> None:
        """Switch a model off, as the operator does, and let everybody see it."""
        await self.switches.pause(ModelPause(model_id=ModelId(model_id), reason=reason, at=NOON))
        await self.notices.refresh(at_once=True)


def open_product(settings: Settings | None = None) -> tuple[ProductWorld, Product]:
    """A new world, and the use cases in it."""
    world = ProductWorld()
    return world, world.product(settings)
