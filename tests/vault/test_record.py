"""A packed record reads back the same, and the same fields always give the same bytes."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.vault.record import pack, unpack

TEXT = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(st.dictionaries(TEXT, VALUES))
def test_a_record_reads_back_the_same(fields: dict[str, object]) -> None:
    assert unpack(pack(fields)) == fields


def test_fields_are_written_in_order_of_name_as_utf_8() -> None:
    assert pack({"b": 1, "a": {"d": None, "c": "Nákató"}}) == '{"a":{"c":"Nákató","d":null},"b":1}'.encode()


def test_what_json_cannot_hold_is_a_misuse() -> None:
    with pytest.raises(TypeError):
        pack({"a": object()})


@pytest.mark.parametrize("packed", [b"[]", b"1", b"null"])
def test_what_is_no_record_is_refused(packed: bytes) -> None:
    with pytest.raises(TypeError):
        unpack(packed)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(orjson.JSONDecodeError):
        unpack(b"{")
