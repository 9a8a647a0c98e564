"""HTML parse mode and found entities, with the wording of Telegram's own parser."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.telegram.entities import FormattedText, parse, part, plain, utf16_length
from simulators.telegram.errors import ApiError


def spans(text: FormattedText) -> list[tuple[object, str]]:
    return [(entity["type"], part(text.text, entity)) for entity in text.entities]


def test_tags_become_entities_and_vanish_from_the_text() -> None:
    parsed = parse("<b>bold <i>both</i></b> <u>u</u> <code>x &lt; y</code> <tg-spoiler>s</tg-spoiler>", "HTML")
    assert parsed.text == "bold both u x < y s"
    assert spans(parsed) == [
        ("bold", "bold both"),
        ("italic", "both"),
        ("underline", "u"),
        ("code", "x < y"),
        ("spoiler", "s"),
    ]


def test_offsets_count_utf16_units() -> None:
    parsed = parse("🦊 <b>лиса</b>", "html")
    assert parsed.entities == ({"type": "bold", "offset": 3, "length": 4},)


def test_a_link_keeps_its_address_and_one_without_is_plain() -> None:
    parsed = parse('<a href="https://kie.ai/?a=1&amp;b=2">here</a> <a>there</a>', "HTML")
    assert parsed.entities == ({"type": "text_link", "url": "https://kie.ai/?a=1&b=2", "offset": 0, "length": 4},)


def test_code_inside_pre_names_the_language() -> None:
    parsed = parse('<pre><code class="language-python">x = 1</code></pre>', "HTML")
    assert parsed.entities == ({"type": "pre", "language": "python", "offset": 0, "length": 5},)


def test_an_expandable_quote_is_distinguished_from_a_plain_one() -> None:
    parsed = parse("<blockquote>a</blockquote>\n<blockquote expandable>b</blockquote>", "HTML")
    assert [kind for kind, _ in spans(parsed)] == ["blockquote", "expandable_blockquote"]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("лиса <x>", 'Unsupported start tag "x" at byte offset 9'),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>crossed</i>", 'Unmatched end tag at byte offset 10, expected "</b>", found "</i>"'),
        ("closed</b>", "Unexpected end tag at byte offset 6"),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_what_cannot_be_parsed_is_named_with_its_place(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse(source, "HTML")
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_trimming_moves_the_entities_along() -> None:
    parsed = parse("\n  <b> bold </b>\n", "HTML")
    assert parsed.text == "bold"
    assert parsed.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_commands_mentions_links_and_hashtags_are_found() -> None:
    found = plain("/start@demo_bot see https://kie.ai/x, ask @anna or a.b@c.de #лиса")
    assert spans(found) == [
        ("bot_command", "/start@demo_bot"),
        ("url", "https://kie.ai/x"),
        ("mention", "@anna"),
        ("email", "a.b@c.de"),
        ("hashtag", "#лиса"),
    ]


def test_nothing_is_found_inside_code() -> None:
    assert [kind for kind, _ in spans(parse("<code>/start @anna</code>", "HTML"))] == ["code"]


def test_a_path_is_no_command() -> None:
    assert plain("either/or and /usr/bin").entities == ()


def test_given_entities_are_used_without_a_parse_mode() -> None:
    parsed = parse("<b>", "", [{"type": "bold", "offset": 0, "length": 3}])
    assert parsed == FormattedText("<b>", ({"type": "bold", "offset": 0, "length": 3},))


def test_other_parse_modes_are_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        parse("*x*", "MarkdownV2")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse(html.escape(text, quote=False), "HTML").text == text.strip()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_parsed_or_refused_in_telegrams_words(text: str) -> None:
    try:
        shown, complaint = parse(text, "HTML").text, ""
    except ApiError as error:
        shown, complaint = "", error.description.removeprefix("Bad Request: can't parse entities: ")
    assert utf16_length(shown) <= utf16_length(text)
    assert not complaint.startswith("Bad Request")
