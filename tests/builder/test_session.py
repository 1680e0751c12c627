from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from builder.export.session import GraphSession
from tests.builder.llamas import PROMPTS


@pytest.mark.parametrize("kind", ["float_model", "browser_model"])
def test_a_session_starts_again_after_a_reset(kind: str, request: pytest.FixtureRequest) -> None:
    model: onnx.ModelProto = request.getfixturevalue(kind)
    session = GraphSession(model.SerializeToString())
    first = session.feed(PROMPTS[0])
    assert session.past == len(PROMPTS[0])
    session.reset()
    assert session.past == 0
    assert np.array_equal(session.feed(PROMPTS[0]), first)


def test_the_cache_grows_by_what_is_fed(float_path: Path, browser_model: onnx.ModelProto) -> None:
    by_head, by_position = GraphSession(float_path), GraphSession(browser_model.SerializeToString())
    for session in (by_head, by_position):
        session.feed(PROMPTS[0][:7])
        session.feed(PROMPTS[0][7:10])
    assert by_head.cache["past_key_values.0.key"].shape == (1, 2, 10, 16)
    assert by_position.cache["past_key_values.0.key"].shape == (1, 16, 2, 16)
