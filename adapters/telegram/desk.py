"""What the operator's pages work with."""

from attrs import frozen

from application.model_notices import ModelNotices
from application.ports.access_store import AccessStore
from application.ports.broadcast_store import BroadcastStore
from application.use_cases.block_subject import BlockSubject
from application.use_cases.create_invite import CreateInvite
from application.use_cases.pause_model import PauseModel
from application.use_cases.prepare_broadcast import PrepareBroadcast
from application.use_cases.read_overview import ReadOverview
from application.use_cases.resume_model import ResumeModel
from application.use_cases.start_broadcast import StartBroadcast
from application.use_cases.stop_broadcast import StopBroadcast
from application.use_cases.unblock_subject import UnblockSubject


@frozen(kw_only=True)
class Desk:
    """Handlers of ``/admin`` get it by the name ``desk``. ``is_open``: everyone is served, so nobody needs an invite."""

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
