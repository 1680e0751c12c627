from __future__ import annotations

import pytest

from builder.scoreboard.peer import parsed


@pytest.mark.parametrize(
    ("output", "value"), [('{"a": 1}', {"a": 1}), ('{"a": ', None), ("[1]", None), ("", None)]
)
def test_only_a_json_object_is_an_answer(output: str, value: object) -> None:
    assert parsed(output) == value
