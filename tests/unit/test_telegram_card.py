"""Cards of every model: drawn within Telegram's limits, and changed by any press without a surprise."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice

import pytest
from aiogram.types import InlineKeyboardButton
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adapters.fluent_texts import load_texts
from adapters.telegram.api.markup import units
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.card.card_session import CardPage, CardPageKind, CardSession, StaleButton, index_of
from adapters.telegram.bot.card.item_view import open_page
from adapters.telegram.bot.card.moves import PRESSES, press, received, typed
from adapters.telegram.bot.card.values import parameter_name
from adapters.telegram.bot.card.view import Card
from adapters.telegram.bot.paging import ROWS
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.studio_links import StudioLinks
from adapters.telegram.bot.words import Words
from application.catalog.validate_input import ValidateInput
from application.drafts.edits import Item, ToggleSwitch, edited, item_model
from application.drafts.fill_draft import Values, files_in, with_file
from application.drafts.generation_history import EarlierGenerations
from application.drafts.quote_draft import Quote
from application.errors import InvalidInput
from domain.generation import Result, TaskId
from domain.media import Attachment, MediaKind
from domain.model import NO_DEFAULT, Model, ModelId, Parameter, ParameterType
from domain.operation import ModelPause
from domain.parameter_roles import (
    UNFILLABLE_NAMES,
    essential_parameters,
    item_fields,
    missing_content,
    optional_parameters,
    prompt_parameter,
)
from domain.price import PriceBasis, PriceQuote, deciding_parameters
from domain.reference_set import CHARACTER_IDS, CharacterId, ReferenceSetId
from domain.sample import full_input, minimal_input
from domain.violation import Violation, ViolationCode
from tests.support.card_sessions import a_session, moved
from tests.support.characters import a_character
from tests.support.effort import IS_THOROUGH
from tests.support.generations import ANN, NOON, a_generation, life_of
from tests.support.product import open_product
from tests.support.registry import catalog, model, url_of

TEXTS = load_texts()
VALIDATE = ValidateInput(catalog())
MODELS = catalog().models()
WITH_LISTS = [each for each in MODELS if any(item_fields(one) for one in each.parameters.values())]
PHOTO = Attachment(reference="id", kind=MediaKind.IMAGE, mime="image/jpeg", name="fox.jpg")


def exactly(credits_: float, as_of: str) -> PriceQuote:
    return PriceQuote(
        credits=credits_, low=credits_, high=credits_, ceiling=credits_, basis=PriceBasis.EXACT, as_of=as_of
    )


def a_card(session: CardSession, of: Model, language: str = "en", *, admin: bool = True) -> Card:
    person = Person(user=session.user, words=Words(TEXTS, language), is_admin=admin)
    quote = Quote(violations=violations_of(session, of), is_offered=of.is_offered)
    return Card(session=session, model=of, person=person, quote=quote)


def violations_of(session: CardSession, of: Model) -> tuple[Violation, ...]:
    try:
        VALIDATE(of.id, session.values, forced=True)
    except InvalidInput as error:
        return error.violations
    return ()


def pages(of: Model) -> Iterator[CardPage]:
    yield CardPage()
    yield CardPage(page=CardPageKind.MORE)
    yield from (CardPage(page=CardPageKind.PARAMETER, parameter=index) for index in range(len(of.parameters)))


def assert_fits(screen: Screen) -> None:
    shown = unescape(re.sub(r"</?\w[^>]*>", "", screen.text))  # Telegram counts what is left of the markup
    assert 0 < units(shown) <= 4096
    assert sum(len(row) for row in screen.rows) <= 100
    for row in screen.rows:
        for button in row:
            assert len((button.callback_data or "").encode()) <= 64
            assert button.text.strip()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_every_models_card_fits_empty_full_and_wrong(language: str) -> None:
    for number, each in enumerate(MODELS):
        wrong = dict.fromkeys(each.parameters, "<wrong & long> " * 300)
        states: list[Mapping[str, object]] = [{}, full_input(each, url_of), wrong]
        for turn, values in enumerate(states):
            whole = IS_THOROUGH or (number + turn) % 3 == 0  # every model's own pages in one of three states
            for place in pages(each) if whole else islice(pages(each), 2):
                assert_fits(a_card(a_session(each, values, page=place), each, language).screen())
            assert_fits(a_card(a_session(each, values), each, language).summary())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_every_item_of_a_list_fits(language: str) -> None:
    walked = 0
    for each in MODELS:
        for index, parameter in enumerate(each.parameters.values()):
            if form := item_fields(parameter):
                scope, walked = f"{index}.0", walked + 1
                wrong = dict.fromkeys((field.name for field in form.fields), "<wrong & long> " * 300)
                for item in ({}, wrong):
                    session = a_session(each, {parameter.name: [item]})
                    inner = item_model(each, Item(parameter=parameter.name, number=0))
                    for page in (evolve(one, scope=scope) for one in pages(inner)):
                        assert_fits(open_page(a_card(evolve(session, page=page), each, language)))
                assert list(inner.parameters.values()) == list(form.fields)
    assert walked


def test_an_item_that_is_gone_shows_the_card_it_was_on() -> None:
    dialogue = model("elevenlabs/text-to-dialogue-v3")
    session = a_session(dialogue, page=CardPage(scope="0.3"))
    with pytest.raises(StaleButton):
        press(session, dialogue, "p", "0.3/0")
    assert_fits(open_page(a_card(session, dialogue)))


def test_every_parameter_that_someone_can_fill_is_on_the_first_page_or_under_more() -> None:
    for each in MODELS:
        laid_out = [parameter.name for parameter in (*essential_parameters(each), *optional_parameters(each))]
        assert sorted(laid_out) == sorted(each.parameters.keys() - UNFILLABLE_NAMES)


def test_what_a_model_needs_is_on_the_first_page() -> None:
    for each in MODELS:
        first = {parameter.name for parameter in essential_parameters(each)}
        assert {parameter.name for parameter in each.parameters.values() if parameter.required} <= first


def test_every_model_that_can_be_run_has_a_run_button_and_one_that_is_not_offered_only_for_admins() -> None:
    for each in MODELS:
        session = a_session(each, minimal_input(each, url_of))
        for admin in (True, False):
            actions = {
                (button.callback_data or "").split(":")[2]
                for row in a_card(session, each, admin=admin).screen().rows
                for button in row
            }
            expected = {"r"} if each.is_offered else {"f"} if admin else set()
            assert actions & {"r", "f"} == expected


def buttons_of(screen: Screen) -> str:
    return "\n".join(button.text for row in screen.rows for button in row)


@pytest.mark.parametrize(("language", "shown"), [("en", "1 (default)"), ("ru", "1 (по умолчанию)")])
def test_what_we_send_for_a_person_and_decides_on_the_price_stands_on_the_card(language: str, shown: str) -> None:
    pictures = model("wan/2-7-image")
    first = a_card(a_session(pictures), pictures, language).screen()
    assert f"<b>{shown}</b>" in first.text
    session = a_session(pictures, {"prompt": "a fox", "n": 3})
    assert shown not in a_card(session, pictures, language).screen().text
    index = index_of(pictures, pictures.parameters["n"])
    page = CardPage(page=CardPageKind.PARAMETER, parameter=index)
    assert shown in a_card(a_session(pictures, page=page), pictures, language).screen().text


def test_a_value_that_a_rule_forbids_is_not_said_to_be_sent() -> None:
    for each in (one for one in MODELS if one.is_offered):
        values = minimal_input(each, url_of)
        valid = VALIDATE(each.id, values, forced=True).input
        said = {one.name for one in deciding_parameters(each, valid) if one.send is not None}
        assert said <= valid.keys()
        assert all(each.parameters[name].send == valid[name] for name in said - values.keys())


def test_a_card_says_what_its_price_is_multiplied_by_though_no_one_set_it() -> None:
    counted = 0
    for each in (one for one in MODELS if one.is_offered):
        names = {rule.per.parameter for rule in each.prices if rule.per} & each.parameters.keys()
        text = a_card(a_session(each), each).screen().text
        for one in (each.parameters[name] for name in names):
            if one.left_out is not NO_DEFAULT:
                counted += 1
                assert f"• {Words(TEXTS, 'en').named('tg-parameter', one.name)}: <b>{one.left_out}" in text, each.id
    assert counted > 20
    seedance = model("bytedance/seedance-2")
    assert "• Resolution: <b>720p (default)</b>" in a_card(a_session(seedance), seedance).screen().text


@pytest.mark.parametrize(
    ("name", "needed"), [("grok-imagine-video-1-5-preview", "Prompt"), ("ai-music-api/separate-vocals", "Earlier task")]
)
def test_what_says_what_is_wanted_is_marked_though_the_provider_needs_nothing(name: str, needed: str) -> None:
    of = model(name)
    lacking = Violation(path=missing_content(of, {})[0].name, code=ViolationCode.REQUIRED)
    screen = evolve(a_card(a_session(of), of), quote=Quote(violations=[lacking])).screen()
    assert f"• {needed}: <b>❗ needed</b>" in screen.text
    assert f"{needed}: ❗ needed" in [each.text for row in screen.rows for each in row]


def test_a_switch_begins_at_what_we_send() -> None:
    omni = model("kling-3.0-omni/text-to-video")
    assert (omni.parameters["customize_multi_shots"].default, omni.parameters["customize_multi_shots"].send) == (
        True,
        False,
    )
    assert edited(omni, {}, ToggleSwitch(parameter="customize_multi_shots")) == {"customize_multi_shots": True}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_card_says_a_price_also_while_something_is_missing(language: str) -> None:
    _, product = open_product()
    quote = product.quote_draft()
    person = Person(user=ANN, words=Words(TEXTS, language))
    for each in (one for one in MODELS if one.is_offered):
        answer = quote(each, {})
        price = answer.price or answer.price_so_far
        assert price, each.id
        assert price.basis is not PriceBasis.EXACT or price.high == price.low
        card = Card(session=a_session(each), model=each, person=person, quote=answer)
        assert person.words.price(price) in buttons_of(card.screen())


@pytest.mark.parametrize(("language", "name"), [("en", "Characters"), ("ru", "Персонажи")])
def test_characters_are_chosen_by_name_and_never_written(language: str, name: str) -> None:
    omni = model("google/gemini-omni-flash-1-1")
    there = InlineKeyboardButton(text="studio", url="https://a.example/studio")
    index = index_of(omni, omni.parameters[CHARACTER_IDS])
    more = a_card(a_session(omni, page=CardPage(page=CardPageKind.MORE)), omni, language)
    assert f"{name}: —" in buttons_of(more.screen()), "without a studio too"
    opened = press(a_session(omni, {CHARACTER_IDS: ["c1", "c2"]}), omni, "p", str(index)).session
    assert opened.expecting is None
    fox = a_character(character=CharacterId("c1"))
    hare = evolve(fox, id=ReferenceSetId("hare"), name="Hare", character=None)
    page = evolve(a_card(opened, omni, language), in_studio=there, characters=[fox, hare]).screen()
    shown = buttons_of(page).split("\n")
    assert [*shown[:2], shown[2][0], shown[3]] == ["✅ Fox", "🧍 Hare", "🗑", "studio"]
    assert "endpoint" not in page.text
    assert "🧍 × 2" in page.text
    in_group = evolve(opened, destination=evolve(opened.destination, chat="-1"))
    assert a_card(opened, omni, language).screen().text != a_card(in_group, omni, language).screen().text


def test_a_text_that_is_missing_makes_no_speech_free() -> None:
    _, product = open_product()
    quote = product.quote_draft()(model("elevenlabs/text-to-speech-multilingual-v2"), {})
    assert quote.price_so_far
    assert (quote.price_so_far.basis, quote.price_so_far.high) == (PriceBasis.CEILING, 60)
    wrong = product.quote_draft()(model("wan/2-7-image"), {"n": 99})
    assert (wrong.price, wrong.price_so_far) == (None, None)


def test_what_an_admin_runs_anyway_says_its_price() -> None:
    chosen = model("z-image")
    session = a_session(chosen, {"prompt": "a fox"})
    paused = Quote(price=exactly(0.8, "2026-09-24"), pause=ModelPause(model_id=chosen.id, at=NOON))
    person = Person(user=session.user, words=Words(TEXTS, "en"), is_admin=True)
    card = Card(session=session, model=chosen, person=person, quote=paused)
    assert "Run anyway · 0.8 credits" in buttons_of(card.screen())


@given(
    chosen=st.one_of(st.sampled_from(MODELS), st.sampled_from(WITH_LISTS)),
    presses=st.lists(
        st.tuples(
            st.sampled_from([*PRESSES, "zz"]),
            st.one_of(
                st.just(""),
                st.integers(-1, 20).map(str),
                st.from_regex(r"([0-9]\.[0-2]/)?[0-9]{1,2}(\.[0-9]{1,2})?", fullmatch=True),
            ),
        ),
        max_size=12,
    ),
    words=st.text(max_size=30),
)
def test_any_presses_and_words_give_a_card_that_can_be_drawn(
    chosen: Model, presses: list[tuple[str, str]], words: str
) -> None:
    session = a_session(chosen)
    for action, index in presses:
        try:
            session = moved(press(session, chosen, action, index), chosen)
        except StaleButton:
            continue
        if move := typed(session, chosen, words):
            session = moved(move, chosen)
        assert_fits(open_page(a_card(session, chosen)))


def test_words_for_an_item_that_is_gone_go_into_the_card() -> None:
    of = model("z-image")
    changed = moved(typed(a_session(of, page=CardPage(scope="7.3")), of, "a red fox"), of)
    assert changed.values == {"prompt": "a red fox"}


def test_a_view_of_another_version_opens_the_main_page() -> None:
    for view in ("", "p.3.1", "parameter|x|0|", "nowhere|0|0|"):
        assert CardPage.read(view) == CardPage()


@given(
    st.builds(
        CardPage,
        page=st.sampled_from(CardPageKind),
        parameter=st.integers(0, 20),
        number=st.integers(0, 9),
        search=st.text(),
    )
)
def test_a_place_survives_the_store(place: CardPage) -> None:
    assert CardPage.read(place.write()) == place


def number(**limits: object) -> Model:
    parameter = Parameter(name="steps", **{"type": ParameterType.INTEGER, **limits})  # type: ignore[arg-type]  # keyword arguments of several types
    return evolve(model("z-image"), parameters={"steps": parameter})


@pytest.mark.parametrize(
    ("of", "presses", "value"),
    [
        (number(minimum=1, maximum=5, default=3), ["1"], 4),
        (number(minimum=1, maximum=5, default=5), ["1"], 5),
        (number(minimum=1, maximum=5), ["0"], 1),
        (number(minimum=0, maximum=100, step=10), ["1", "1", "0"], 10),
        (number(type=ParameterType.NUMBER, minimum=0, maximum=1), ["1", "1", "1"], 0.3),
        (number(type=ParameterType.NUMBER, minimum=0, maximum=2, default=0.7), ["1"], 0.9),
    ],
)
def test_a_number_is_moved_by_steps_within_its_limits(of: Model, presses: list[str], value: float) -> None:
    session = a_session(of)
    for up in presses:
        session = moved(press(session, of, "n", f"0.{up}"), of)
    assert session.values == {"steps": value}


@pytest.mark.parametrize("words", ["nan", "inf", "many"])
def test_words_that_are_no_number_are_stepped_over(words: str) -> None:
    of = number(minimum=1, maximum=5, default=3)
    assert moved(press(a_session(of, {"steps": words}), of, "n", "0.1"), of).values == {"steps": 4}


def test_a_number_without_known_limits_is_typed() -> None:
    of = number()
    with pytest.raises(StaleButton):
        press(a_session(of), of, "n", "0.1")
    opened = moved(press(a_session(of), of, "p", "0"), of)
    changed = moved(typed(opened, of, "12"), of)
    assert changed.values == {"steps": "12"}


def test_a_switch_starts_from_its_default() -> None:
    switch = Parameter(name="loud", type=ParameterType.BOOLEAN, default=True)
    of = evolve(model("z-image"), parameters={"loud": switch})
    off = moved(press(a_session(of), of, "t", "0"), of)
    assert off.values == {"loud": False}
    assert moved(press(off, of, "t", "0"), of).values == {"loud": True}


def test_plain_words_go_where_the_models_words_go() -> None:
    prompts = {each.id: prompt_parameter(each) for each in MODELS}
    assert sum(parameter is not None for parameter in prompts.values()) > len(MODELS) * 0.8
    assert all(parameter is None or parameter.media is None for parameter in prompts.values())


def test_a_photo_goes_into_the_first_slot_with_room_and_replaces_the_one_in_a_single_slot() -> None:
    single = next(each for each in MODELS if (slot := each.parameters.get("image_url")) and slot.required)
    once = with_file(single, {}, PHOTO)
    assert once
    assert files_in(once) == [PHOTO]
    other = evolve(PHOTO, name="hare.jpg")
    again = with_file(single, once, other)
    assert again
    assert other in files_in(again)


def test_a_photo_sent_where_one_is_asked_for_replaces_the_one_there() -> None:
    of = model("kling/v2-5-turbo-image-to-video-pro")
    first, last = "image_url", "tail_image_url"
    both = {first: PHOTO, last: PHOTO}
    other = evolve(PHOTO, name="hare.jpg")
    assert with_file(of, both, other, asked=last) == {first: PHOTO, last: other}
    assert with_file(of, {first: PHOTO}, other, asked=first) == {first: other}


def test_an_album_goes_into_the_list_that_was_asked_for() -> None:
    of = model("ideogram/character-remix")
    listed = [
        one.name for one in optional_parameters(of) if one.type is ParameterType.ARRAY and one.media is MediaKind.IMAGE
    ]
    session = moved(press(a_session(of), of, "p", str(list(of.parameters).index(listed[0]))), of)
    for _ in range(2):
        session = moved(received(session, of, PHOTO), of)
    assert session.values == {listed[0]: [PHOTO, PHOTO]}


def test_what_was_set_is_on_the_screen_that_comes_back() -> None:
    of = model("ideogram/character-remix")
    for index, parameter in enumerate(of.parameters.values()):
        session = moved(press(a_session(of, full_input(of, url_of)), of, "c", str(index)), of)
        name = parameter_name(parameter, Words(TEXTS, "en"))
        shown = [button.text for row in a_card(session, of).screen().rows for button in row]
        assert any(label.startswith(f"{name}: ") for label in shown), name


@pytest.mark.parametrize("language", TEXTS.languages)
def test_no_two_parameters_of_a_model_have_the_same_name(language: str) -> None:
    for of in MODELS:
        names = [parameter_name(parameter, Words(TEXTS, language)) for parameter in of.parameters.values()]
        assert len(set(names)) == len(names), of.id


def test_words_written_where_a_file_is_asked_for_become_the_prompt_and_a_link_becomes_the_file() -> None:
    of = next(each for each in MODELS if (slot := each.parameters.get("image_url")) and slot.required)
    index = list(of.parameters).index("image_url")
    prompt = prompt_parameter(of)
    assert prompt
    asked = moved(press(a_session(of), of, "p", str(index)), of)
    words = moved(typed(asked, of, "make it winter"), of)
    link = moved(typed(asked, of, "https://x.example/fox.png"), of)
    assert words.values == {prompt.name: "make it winter"}
    assert link.values == {"image_url": "https://x.example/fox.png"}


def test_photos_beyond_a_lists_limit_are_not_taken() -> None:
    slot = Parameter(name="images", type=ParameterType.ARRAY, media=MediaKind.IMAGE, maximum=2)
    of = evolve(model("z-image"), parameters={"images": slot})
    values: Values = {}
    for _ in range(2):
        values = with_file(of, values, PHOTO) or {}
        assert values
    assert with_file(of, values, PHOTO) is None
    assert with_file(of, values, evolve(PHOTO, kind=MediaKind.AUDIO)) is None


def test_a_long_list_shows_no_more_than_a_screenful_and_every_value_can_be_reached() -> None:
    longest = max(
        (parameter for each in MODELS for parameter in each.parameters.values()), key=lambda one: len(one.values)
    )
    of = evolve(model("z-image"), parameters={longest.name: longest})
    seen: set[str] = set()
    for screen_number in range(-(-len(longest.values) // ROWS)):
        session = moved(press(a_session(of), of, "p", f"0.{screen_number}"), of)
        chosen = {
            button.callback_data or ""
            for row in a_card(session, of).screen().rows
            for button in row
            if (button.callback_data or "").split(":")[2] == "e"
        }
        assert len(chosen) <= ROWS
        seen |= chosen
    assert len(seen) == len(longest.values)


@pytest.mark.parametrize(
    ("as_of", "language", "said"),
    [
        ("2026-10-03", "en", "03.10.2026"),
        ("2026-10", "ru", "10.2026"),
        ("2026-autumn", "en", "autumn 2026"),
        ("2026-autumn", "ru", "осень 2026"),
    ],
)
def test_a_price_says_of_when_it_is(as_of: str, language: str, said: str) -> None:
    card = a_card(a_session(model("z-image"), {"prompt": "a fox"}), model("z-image"), language)
    card = evolve(card, quote=Quote(price=exactly(1, as_of)))
    assert said in card.screen().text


def test_a_card_leads_to_the_studio_from_its_options_and_from_a_mask() -> None:
    of = model("ideogram/v3-edit")
    leads = StudioLinks("https://bot.example").to_draft("abc", Words(TEXTS, "en"), chat="1")
    assert leads
    assert leads.web_app
    assert leads.web_app.url == "https://bot.example/app/sign-in?next=/app/drafts/abc"
    further = StudioLinks("https://bot.example", "/200")
    menu = further.menu_button(Words(TEXTS, "en"))
    of_result = further.to_draft("abc", Words(TEXTS, "en"), chat="1")
    in_group = further.to_draft("abc", Words(TEXTS, "en"), chat="-1")
    assert menu
    assert menu.web_app.url == "https://bot.example/200/app"
    assert of_result
    assert of_result.web_app
    assert of_result.web_app.url == "https://bot.example/200/app/sign-in?next=/200/app/drafts/abc"
    assert in_group
    assert in_group.url == "https://bot.example/200/studio/drafts/abc"
    mask = index_of(of, of.parameters["mask_url"])
    for page, is_there in (
        (CardPage(), False),
        (CardPage(page=CardPageKind.MORE), True),
        (CardPage(page=CardPageKind.PARAMETER, parameter=mask), True),
        (CardPage(page=CardPageKind.PARAMETER, parameter=index_of(of, of.parameters["prompt"])), False),
    ):
        card = evolve(a_card(a_session(of, page=page), of), in_studio=leads)
        assert (leads in [each for row in card.screen().rows for each in row]) is is_there, page


@pytest.mark.parametrize(
    ("language", "song", "hint"),
    [
        ("en", "Song: 🎵 Fox waltz", "Everything is there. Press Run."),
        ("ru", "Песня: 🎵 Fox waltz", "Всё готово. Нажмите «Запустить»."),
    ],
)
def test_a_song_is_shown_by_its_title_and_no_words_are_asked_for_where_none_are_taken(
    language: str, song: str, hint: str
) -> None:
    wav = model("ai-music-api/convert-to-wav-format")
    made = Result(kind=MediaKind.AUDIO, url="https://a.example/1.mp3", id="song-1", title="Fox waltz")
    earlier = evolve(
        life_of(a_generation(model_id=ModelId("ai-music-api/generate")))[-1], task_id=TaskId("t1"), results=(made,)
    )
    session = a_session(wav, {"task_id": "t1", "audio_id": "song-1"})
    past = EarlierGenerations(tasks=[evolve(earlier, input={})], titles={earlier.model_id: "Suno"})
    card = evolve(a_card(session, wav, language), past=past).screen()
    assert song in buttons_of(card)
    assert ": 🎵 Suno" in buttons_of(card)
    assert card.text.endswith(hint)
