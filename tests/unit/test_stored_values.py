"""Free-form values survive being stored."""

import json

from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres_store.values import decode, encode, storable
from domain.earlier_task import EarlierTask
from domain.media import Attachment, MediaKind

ATTACHMENTS = st.builds(
    Attachment,
    reference=st.text(),
    kind=st.sampled_from(MediaKind),
    mime=st.text(),
    name=st.text(),
    size_bytes=st.none() | st.integers(min_value=0),
    seconds=st.none() | st.just(4.5),
    seconds_error=st.sampled_from([0.0, 1.0]),
)
TASKS = st.builds(EarlierTask, st.text(), st.dictionaries(st.text(), st.text(), min_size=1, max_size=2))
NAMES = st.text() | st.sampled_from(["$", "$$", "$attachment", "$$attachment", "$task", "$facts"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | ATTACHMENTS
    | TASKS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_stored_comes_back_in_its_order(values: dict[str, object]) -> None:
    stored = encode(values)
    assert stored.isascii()
    json.loads(stored)
    assert decode(stored) == values
    assert list(decode(stored)) == list(values)
    for name, value in decode(stored).items():
        if isinstance(was := values[name], EarlierTask):
            assert isinstance(value, EarlierTask)
            assert value.facts == was.facts


@given(st.text(st.characters()))
def test_storable_text_is_utf_8_without_nul_and_stays_as_it_is(text: str) -> None:
    once = storable(text)
    assert b"\x00" not in once.encode()
    assert storable(once) == once
