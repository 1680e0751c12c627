from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.negotiation import choose_encoding

BOTH = ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("x-gzip", "gzip"),
        ("*", "br"),
        ("*;q=0.1, identity", "identity"),
        ("deflate", "identity"),
        ("br;q=0, *;q=0", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip", "gzip"),
        ("gzip;q=much", "identity"),
        ("gzip;q=2", "identity"),
        (" gzip ; q=0.3 ,, identity;q=0.2", "gzip"),
    ],
)
def test_choice(accept: str | None, chosen: str | None) -> None:
    assert choose_encoding(accept, BOTH) == chosen


def test_only_what_is_offered() -> None:
    assert choose_encoding("br, gzip", ("identity",)) == "identity"
    assert choose_encoding("br, gzip, identity;q=0", ("identity",)) is None


@given(st.text(max_size=60))
def test_any_header_is_answered(accept: str) -> None:
    assert choose_encoding(accept, BOTH) in {*BOTH, None}
