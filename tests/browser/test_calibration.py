"""A bundle's calibration, applied by the engine in the browser as it is meant by the builder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.bundle.calibration import KINDS, Calibration, ConfidenceMap, ConfidenceMaps, Fitted
from builder.evaluate.browser import BrowserEngine, Extracted
from builder.evaluate.observations import NEVER
from builder.evaluate.rebundle import recalibrated
from tests.browser.engine import read_case
from tests.browser.site import Site

MAPS = ConfidenceMaps(ConfidenceMap(0.5, -1.0), ConfidenceMap(2.0, 0.5))


def under(threshold: float) -> Calibration:
    fitted = Fitted("2024-02-29", "0" * 64, "1" * 16, 1, 1)
    return Calibration(dict.fromkeys(KINDS, threshold), dict.fromkeys(KINDS, MAPS), fitted)


@pytest.fixture
def read(
    browser: Browser, tiny_bundle: Path, start_site: Callable[..., Site]
) -> Callable[[float, bool], Extracted]:
    """The receipt, read under a threshold, with drafts or without."""

    def read(threshold: float, drafts: bool = True) -> Extracted:
        case = read_case("receipt")
        with recalibrated(tiny_bundle, under(threshold)) as folder:
            engine = BrowserEngine(browser, start_site(folder).origin, drafts)
            answer = engine.extract("a", case.text, case.schema)
        browser.contexts[-1].close()
        assert isinstance(answer, Extracted), answer
        return answer

    return read


def test_a_threshold_of_0_fills_nothing_and_one_above_1_whatever_it_can(
    read: Callable[..., Extracted],
) -> None:
    nothing, everything = read(0.0), read(NEVER)
    decided = [one.path for one in everything.answers if one.raw is not None and one.raw.absence is not None]
    assert decided
    for empty, full in zip(nothing.answers, everything.answers, strict=True):
        if empty.path in decided:
            assert empty.value in (None, [])
            assert full.value is not None
        # What is decided upon does not depend on the decision.
        assert (empty.raw and empty.raw.absence) == (full.raw and full.raw.absence)
    assert read(NEVER, drafts=False).output == everything.output


def test_confidence_is_mapped_as_the_builder_maps_it(read: Callable[..., Extracted]) -> None:
    for threshold in (0.0, NEVER):
        for one in read(threshold).answers:
            assert one.raw is not None
            side = MAPS.absent if one.value in (None, []) else MAPS.filled
            assert one.confidence == pytest.approx(side(one.raw.confidence), abs=1e-9)
