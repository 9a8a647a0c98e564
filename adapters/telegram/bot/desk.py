"""What the operator's pages work with."""

from attrs import frozen

from application.catalog.model_notices import ModelNotices
from application.operating.block_subject import BlockSubject
from application.operating.change_unsafe_list import ChangeUnsafeList
from application.operating.create_invite import CreateInvite
from application.operating.find_generation import FindGeneration
from application.operating.limit_person import LimitPerson
from application.operating.models_without_filter import ModelsWithoutFilter
from application.operating.pause_model import PauseModel
from application.operating.prepare_broadcast import PrepareBroadcast
from application.operating.read_overview import ReadOverview
from application.operating.read_spending import ReadSpending
from application.operating.resume_model import ResumeModel
from application.operating.start_broadcast import StartBroadcast
from application.operating.stop_broadcast import StopBroadcast
from application.operating.unblock_subject import UnblockSubject
from application.operating.watch_bots import WatchBots
from application.ports.access_store import AccessStore
from application.ports.audit_log import AuditLog
from application.ports.broadcast_store import BroadcastStore


@frozen(kw_only=True)
class AdminUseCases:
    """Handlers of ``/admin`` get it by the name ``desk``. ``is_open``: everyone is served, so no one needs an invite.

    ``bots`` has the first bot of the deployment alone, whose admins look after all of them.
    """

    read_overview: ReadOverview
    notices: ModelNotices
    access: AccessStore
    block: BlockSubject
    unblock: UnblockSubject
    pause: PauseModel
    resume: ResumeModel
    create_invite: CreateInvite
    broadcasts: BroadcastStore
    prepare_broadcast: PrepareBroadcast
    start_broadcast: StartBroadcast
    stop_broadcast: StopBroadcast
    is_open: bool
    spending: ReadSpending
    find_generation: FindGeneration
    limits: LimitPerson
    bots: WatchBots | None
    filterless: ModelsWithoutFilter
    unsafe: ChangeUnsafeList
    audit_log: AuditLog
