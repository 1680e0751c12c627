from __future__ import annotations

import json

import pytest

from builder.bench.turns import Turn, measured, turn_from_json
from tests.builder.bench.turns import failed, turn


@pytest.mark.parametrize("one", [turn("wllama", "a", 3, 12.5, cut=True), failed("excerpt", "b", 1)])
def test_a_turn_comes_back_from_its_report(one: Turn) -> None:
    assert turn_from_json(json.loads(json.dumps(one.to_json()))) == one


def test_what_a_page_sends_beside_is_left_out() -> None:
    sent = {
        "ms": 1234.5678,
        "prefillMs": 1000.04,
        "decodeMs": 234.5,
        "promptTokens": 40,
        "reusedTokens": 3,
        "newTokens": 9,
        "forwards": 8,
        "output": "{}",
        "cut": False,
        "stats": {"anything": 1},
    }
    found = measured(sent)
    assert (found.ms, found.prefill_ms, found.new_tokens, found.forwards) == (1234.6, 1000.0, 9, 8)
