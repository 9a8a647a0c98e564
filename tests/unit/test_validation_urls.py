"""URLs that may be handed to the provider, and those that may not."""

import pytest

from domain.media import MediaKind
from domain.model import Parameter
from domain.validation.urls import MAX_URL_LENGTH, url_fault
from tests.support.validation import one_value, parameter


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.com/a.png?x=1&y=2#z",
        "HTTPS://Example.COM:8443/A",
        "https://example.com.",
        "https://a_b.example.com/",
        "https://1.2.3.com/",
        "https://8.8.8.8/a",
        "https://[2606:4700:4700::1111]/a",
        "https://пример.рф/лиса.png",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://example.com/a;b=c/~d/(e)/%20",
        "https://mylocalhost.com/",
        "https://local.example/",
        "https://example.com/" + "a" * (MAX_URL_LENGTH - 20),
    ],
)
def test_a_public_url_is_good(url: str) -> None:
    assert url_fault(url, allow_private_hosts=False) is None


PRIVATE = [
    "http://localhost/a",
    "http://LOCALHOST.:80/",
    "http://a.localhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.lan/",
    "http://postgres/",
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.01/",
    "http://0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1:8080/a.png",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://ｌｏｃａｌｈｏｓｔ/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:a00:1]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:a00:1::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:7f00:1]/",
    "http://[fec0::1]/",
    "http://[64:ff9b:1::808:808]/",
]


@pytest.mark.parametrize(
    "url", ["http://4294967296/", "http://127.16777216/", "http://8.8.65536/", "http://8.8.8.256/"]
)
def test_a_short_address_out_of_range_is_no_url(url: str) -> None:
    assert url_fault(url, allow_private_hosts=True) == "url_invalid"


@pytest.mark.parametrize("url", PRIVATE)
def test_a_private_host_is_refused_in_any_spelling_unless_it_is_allowed(url: str) -> None:
    assert url_fault(url, allow_private_hosts=False) == "url_private_host"
    assert url_fault(url, allow_private_hosts=True) is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("example.com/a.png", "url_scheme"),
        ("ftp://example.com/", "url_scheme"),
        ("file:///etc/passwd", "url_scheme"),
        ("data:image/png;base64,AAAA", "url_scheme"),
        ("javascript:alert(1)", "url_scheme"),
        ("//example.com/a", "url_scheme"),
        ("https:/example.com", "url_invalid"),
        ("https:example.com", "url_invalid"),
        ("https://", "url_invalid"),
        ("https:///a", "url_invalid"),
        ("https://user:secret@example.com/", "url_credentials"),
        ("https://user@example.com/", "url_credentials"),
        ("https://example.com@127.0.0.1/", "url_credentials"),
        ("https://example.com:0/", "url_invalid"),
        ("https://example.com:/", "url_invalid"),
        ("https://example.com:99999/", "url_invalid"),
        ("https://example.com:x/", "url_invalid"),
        ("https://exa mple.com/", "url_invalid"),
        (" https://example.com/", "url_invalid"),
        ("https://example.com/a\nb", "url_invalid"),
        ("https://example.com\\@127.0.0.1/", "url_invalid"),
        ("https://example..com/", "url_invalid"),
        ("https://-a.example/", "url_invalid"),
        ("https://exam%70le.com/", "url_invalid"),
        ("https://256.1.1.1/", "url_invalid"),
        ("https://1.2.3.4.5/", "url_invalid"),
        ("https://0x1ffffffff/", "url_invalid"),
        ("https://089.1.1.1/", "url_invalid"),
        ("https://[::1/", "url_invalid"),
        ("https://[127.0.0.1]/", "url_invalid"),
        ("https://[fe80::1%25eth0]/", "url_invalid"),
        ("https://example.com/" + "a" * MAX_URL_LENGTH, "url_invalid"),
        ("https://" + "a." * 200 + "com/", "url_invalid"),
        ("https://example.com/\ud800", "url_invalid"),
    ],
)
@pytest.mark.parametrize("allow_private_hosts", [False, True])
def test_a_broken_url_is_refused(url: str, code: str, allow_private_hosts: bool) -> None:
    assert url_fault(url, allow_private_hosts=allow_private_hosts) == code


IMAGE, VIDEO, AUDIO = (
    parameter("string", is_url=True, media=kind) for kind in (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.AUDIO)
)


@pytest.mark.parametrize(
    ("given", "path", "good"),
    [
        (IMAGE, "a.png", True),
        (IMAGE, "a.JPEG?x=.mp4", True),
        (IMAGE, "a", True),
        (IMAGE, "a.bin", True),
        (IMAGE, "a.mp4/b", True),
        (IMAGE, "a.mp4?b.png", False),
        (IMAGE, "a.mp4#b.png", False),
        (IMAGE, "a.mp4", False),
        (IMAGE, "a.MP4?download=1", False),
        (IMAGE, "a%2Emov", False),
        (IMAGE, "a.mp3", False),
        (VIDEO, "a.mp4", True),
        (VIDEO, "a.webm", True),
        (VIDEO, "a.png", False),
        (VIDEO, "a.mp3", False),
        (AUDIO, "a.mp3", True),
        (AUDIO, "a.mp4", True),
        (AUDIO, "a.ogg", True),
        (AUDIO, "a.jpg", False),
    ],
)
def test_other_media_are_refused_only_where_the_extension_leaves_no_doubt(
    given: Parameter, path: str, good: bool
) -> None:
    url = f"https://example.com/{path}"
    assert one_value(given, url) == (url if good else ["it wrong_media"])


def test_a_blank_url_is_left_out_or_empty() -> None:
    assert one_value(IMAGE, "") is ...
    assert one_value(parameter("string", is_url=True, media=MediaKind.IMAGE, required=True), "") == ["it empty"]
    assert one_value(IMAGE, " ") == ["it empty"]
