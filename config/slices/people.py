"""People: who is served, what they may spend, what is known of them."""

import asyncio

from dependency_injector import providers

from application.operating.accept_invite import AcceptInvite
from application.operating.authorize_user import AuthorizeUser
from application.operating.block_subject import BlockSubject
from application.operating.create_invite import CreateInvite
from application.operating.export_person import AT_ONCE as EXPORTS_AT_ONCE
from application.operating.export_person import ExportPerson
from application.operating.find_generation import FindGeneration
from application.operating.forget_myself import ForgetMyself
from application.operating.forget_person import ForgetPerson
from application.operating.limit_person import LimitPerson
from application.operating.read_allowance import ReadAllowance
from application.operating.read_means import ReadMeans
from application.operating.read_people import ReadPeople
from application.operating.read_spending import ReadSpending
from application.operating.unblock_subject import UnblockSubject
from application.ports.person_records import PersonRecords
from config.slices.billing import Billing
from config.slices.ports import Ports


class People(Billing):
    """Use cases about one person or all of them."""

    person_records: providers.Provider[PersonRecords] = providers.Dependency()

    admins = Ports.settings.provided.admin_users

    authorize_user = providers.Singleton(
        AuthorizeUser, access=Ports.access, allowed=Ports.settings.provided.served_users, admins=admins
    )
    create_invite = providers.Singleton(
        CreateInvite, access=Ports.access, ids=Ports.ids, clock=Ports.clock, audit=Ports.audit
    )
    accept_invite = providers.Singleton(AcceptInvite, access=Ports.access, clock=Ports.clock)
    block = providers.Singleton(BlockSubject, access=Ports.access, admins=admins, clock=Ports.clock, audit=Ports.audit)
    unblock = providers.Singleton(UnblockSubject, Ports.access, Ports.audit)
    limit_person = providers.Singleton(
        LimitPerson,
        store=Ports.personal_limits,
        everyone=Ports.settings.provided.user_limits.credits_per_day,
        audit=Ports.audit,
    )
    read_allowance = providers.Singleton(
        ReadAllowance, limits=limit_person, statistics=Ports.statistics, clock=Ports.clock
    )
    read_means = providers.Singleton(
        ReadMeans,
        is_sold=Ports.settings.provided.billing.is_on,
        account=Billing.read_account,
        allowance=read_allowance,
    )
    read_spending = providers.Singleton(
        ReadSpending, statistics=Ports.statistics, access=Ports.access, clock=Ports.clock
    )
    read_people = providers.Singleton(
        ReadPeople,
        access=Ports.access,
        generations=Ports.generations,
        statistics=Ports.statistics,
        allowance=read_allowance,
        clock=Ports.clock,
    )
    find_generation = providers.Singleton(FindGeneration, generations=Ports.generations, access=Ports.access)
    export_turns = providers.Singleton(asyncio.Semaphore, EXPORTS_AT_ONCE)
    export_person = providers.Singleton(
        ExportPerson,
        records=person_records,
        index=Ports.media_index,
        store=Ports.media_store,
        audit=Ports.audit,
        turns=export_turns,
    )
    forget_myself = providers.Singleton(
        ForgetMyself,
        forget=providers.Singleton(
            ForgetPerson,
            records=person_records,
            stop_subscription=Billing.stop_subscription,
            purchases=Billing.purchases,
            ledger=Billing.ledger,
            audit=Ports.audit,
        ),
        allowance=read_allowance,
        purchases=Billing.purchases,
        clock=Ports.clock,
        limits=Ports.settings.provided.user_limits,
        group_limits=Ports.settings.provided.group_limits,
    )
