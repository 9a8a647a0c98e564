"""The studio's page of money: who sees it, what it says, and giving a payment back."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import InsufficientCredits, PaymentRefused
from application.ports.payment_gateway import Invoice
from domain.ledger import Balance, EntryKind, payment_key
from domain.payment import Subscription
from tests.support.books import an_entry
from tests.support.generations import ANN, BOB
from tests.support.studio import BUY_LINK, MODEL, Browser, Studio
from tests.support.tills import PRICES, SELLING, SMALL


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    selling = Studio()
    selling.settings = evolve(selling.settings, billing=SELLING)
    async with selling.serving() as running:
        yield running


async def bought(studio: Studio) -> str:
    """Bob has bought a hundred credits; gives the receipt."""
    payment = studio.gateway.pay(BOB, Invoice(order=SMALL.order, title="t", description="d"))
    entry = an_entry(
        EntryKind.PAYMENT,
        100_000,
        user=BOB,
        key=payment_key(payment.charge_id),
        reference=payment.charge_id,
        stars=50,
        at=studio.world.clock.now(),
    )
    await studio.world.store.ledger.add(entry)
    return payment.charge_id


async def refund(browser: Browser, charge_id: str) -> str:
    answer = await browser.post("/studio/desk/money/refund", data={"charge": charge_id})
    assert answer.status == 200
    return await answer.text()


async def test_operators_see_income_cost_and_margin_and_no_one_else_does(studio: Studio, ann: Browser) -> None:
    await bought(studio)
    page = await (await ann.get("/studio/desk/money")).text()
    assert all(reported in page for reported in ("Credits that people have", "<td>50</td>", "<td>100</td>", "KIE took"))
    assert "/studio/desk/money" in await (await ann.get("/studio/desk")).text()
    async with studio.browser(BOB) as bob:
        for path in ("/studio/desk/money", "/studio/desk/money/entries.csv", "/studio/desk/money/figures.csv"):
            assert (await bob.get(path)).status == 403
        assert (await bob.post("/studio/desk/money/refund", data={"charge": "charge1"})).status == 403


async def test_the_tables_are_taken_away_as_csv(studio: Studio, ann: Browser) -> None:
    charge_id = await bought(studio)
    answer = await ann.get("/studio/desk/money/entries.csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    [entry] = csv.DictReader(io.StringIO(await answer.text()))
    assert (entry["kind"], entry["credits"], entry["stars"], entry["reference"]) == ("payment", "100", "50", charge_id)
    [day] = csv.DictReader(io.StringIO(await (await ann.get("/studio/desk/money/figures.csv")).text()))
    assert (day["what"], day["stars_in"], day["credits_sold"], day["margin_credits"]) == ("day", "50", "100", "0.00")
    assert (await ann.get("/studio/desk/money/anything.csv")).status == 404


async def test_a_payment_is_given_back_once_however_often_it_is_asked_for(studio: Studio, ann: Browser) -> None:
    charge_id = await bought(studio)
    for _ in range(2):
        assert "50 Stars were given back to 2." in await refund(ann, charge_id)
    assert await studio.world.store.ledger.balance(BOB) == Balance()
    assert [line.stars for line in studio.gateway.lines] == [50, -50]
    assert "no such payment" in await refund(ann, "nothing")


async def test_a_refused_refund_and_one_of_spent_credits_are_reported_as_such(studio: Studio, ann: Browser) -> None:
    charge_id = await bought(studio)
    await studio.world.store.ledger.add(an_entry(EntryKind.CHARGE, -40_000, user=BOB))
    assert "You bear it: 40 credits" in await refund(ann, charge_id)
    another = await bought(studio)
    studio.gateway.on_refund.add(Trouble(error=PaymentRefused("no")))
    assert "refuses" in await refund(ann, another)
    assert await studio.world.store.ledger.balance(BOB) == Balance(units=100_000)


async def test_a_refund_without_the_pages_own_token_is_not_made(studio: Studio, ann: Browser) -> None:
    charge_id = await bought(studio)
    ann.csrf = "forged"
    assert (await ann.post("/studio/desk/money/refund", data={"charge": charge_id})).status == 403
    assert [line.stars for line in studio.gateway.lines] == [50]


@pytest.mark.parametrize(("language", "label"), [("en", "Top up in the chat"), ("ru", "Пополнить в чате")])
async def test_who_has_too_little_is_led_to_the_packages_in_the_chat(
    studio: Studio, ann: Browser, language: str, label: str
) -> None:
    assert (await ann.post("/studio/account/language", data={"language": language})).status in {200, 303}
    page = await (await ann.get("/studio/account")).text()
    assert f'href="{BUY_LINK}">💳 {label}</a>' in page
    studio.world.store.on_add.add(Trouble(error=InsufficientCredits(12_000, 18_000)))
    form = {"model": "z-image", "text": "a picture of a fox", "run": "0.8", "nonce": "n1"}
    answer = await ann.post("/studio/drafts", data=form, headers={"Accept-Language": language})
    said = await answer.json()
    assert (answer.status, said["link"]) == (402, {"href": BUY_LINK, "label": f"💳 {label}"})
    studio.world.store.on_add.add(Trouble(error=InsufficientCredits(12_000, 18_000)))
    form["nonce"] = "n2"
    page = await (await ann.post("/studio/drafts", data=form, headers={"Accept": "text/html"})).text()
    assert f'href="{BUY_LINK}"' in page


async def test_with_billing_off_no_page_leads_to_packages() -> None:
    async with Studio().serving() as free, free.browser(ANN) as ann:
        assert "start=buy" not in await (await ann.get("/studio/account")).text()


async def test_who_has_a_package_that_renews_itself_is_not_forgotten_before_it_is_stopped(
    studio: Studio, ann: Browser
) -> None:
    until = studio.world.clock.now() + timedelta(days=30)
    month = Subscription(user=ANN, package="m1000", charge_id="one", last_charge_id="one", paid_until=until)
    await studio.purchases.note_subscription(month, begins=True)
    assert "Credits that you have left are lost" in await (await ann.get("/studio/account")).text()
    answer = await ann.post("/studio/account/forget")
    assert (answer.status, (await answer.json())["error"]) == (409, "forget_subscribed")
    await studio.purchases.mark_stopped(ANN, "m1000", stopped=True)
    assert (await ann.post("/studio/account/forget")).status == 200


async def test_where_nothing_is_sold_there_is_no_such_page() -> None:
    async with Studio().serving() as studio, studio.browser(ANN) as ann:
        assert "/desk/money" not in await (await ann.get("/studio/desk")).text()
        account = await (await ann.get("/studio/account")).text()
        assert "You have" not in account
        assert "Credits that you have left" not in account
        for path in ("/studio/desk/money", "/studio/desk/money/entries.csv"):
            assert (await ann.get(path)).status == 404
        assert (await ann.post("/studio/desk/money/refund", data={"charge": "x"})).status == 404


async def test_lists_and_forms_say_what_a_person_pays() -> None:
    """The price list's factor is 1, and that of this model 2; it costs 0.8 at the provider."""
    dear = Studio()
    billing = evolve(SELLING, prices=evolve(PRICES, factors={MODEL: Decimal(2)}))
    dear.settings = evolve(dear.settings, billing=billing)
    async with dear.serving(), dear.browser(ANN) as ann:
        assert "1.6 cr" in await (await ann.get("/studio/models?q=z-image")).text()
        path = (await (await ann.post("/studio/drafts", data={"model": MODEL, "edit": "1"})).json())["go"]
        assert "Price so far: 1.6 credits" in await (await ann.get(path)).text()
        said = await (await ann.post(f"{path}/edit", json={"parameter": "prompt", "value": "a fox"})).json()
        assert said["price"] == "Price: 1.6 credits"
