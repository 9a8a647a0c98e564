"""Use cases for front ends: who is served, with which settings and limits, and what is known of a person."""

from attrs import frozen

from application.operating.accept_invite import AcceptInvite
from application.operating.authorize_user import AuthorizeUser
from application.operating.block_subject import BlockSubject
from application.operating.export_person import ExportPerson
from application.operating.find_generation import FindGeneration
from application.operating.forget_myself import ForgetMyself
from application.operating.limit_person import LimitPerson
from application.operating.read_allowance import ReadAllowance
from application.operating.read_people import ReadPeople
from application.operating.read_spending import ReadSpending
from application.operating.unblock_subject import UnblockSubject
from application.preferences.change_preferences import ChangePreferences
from application.preferences.read_preferences import ReadPreferences


@frozen(kw_only=True)
class PersonUseCases:
    """Who is served, with which settings and limits, and what is known of a person."""

    authorize: AuthorizeUser
    accept_invite: AcceptInvite
    read_preferences: ReadPreferences
    change_preferences: ChangePreferences
    allowance: ReadAllowance
    limits: LimitPerson
    block: BlockSubject
    unblock: UnblockSubject
    list: ReadPeople
    spending: ReadSpending
    find_generation: FindGeneration
    export: ExportPerson
    forget_myself: ForgetMyself
