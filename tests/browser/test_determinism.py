"""The same input gives the same bytes: twice in a run, after a reload, without drafts, on one thread.

The invoice is read by the real model. The tiny model reads both documents: its weights are random, so its
choices are close to each other, and the least difference in a number would show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.engine import Answer, Case, extract, read_case, start_engine
from tests.browser.site import Site


@dataclass(frozen=True)
class Subject:
    """A bundle and what it reads."""

    bundle: Path
    cases: tuple[Case, ...]


@pytest.fixture(params=["real", "tiny"])
def subject(request: pytest.FixtureRequest) -> Subject:
    if request.param == "real":
        return Subject(request.getfixturevalue("bundle"), (read_case("invoice"),))
    return Subject(request.getfixturevalue("tiny_bundle"), (read_case("invoice"), read_case("receipt")))


def answers(page: Page, subject: Subject) -> list[str]:
    return [extract(page, case).bytes for case in subject.cases]


def places(answer: Answer) -> list[list[tuple[object, ...]]]:
    return [
        [(value["value"], value["origin"], value["evidence"]) for value in field["values"]]
        for field in answer.fields
    ]


def test_a_second_run_and_a_reload_give_the_same_bytes(
    subject: Subject, start_site: Callable[..., Site], open_page: Callable[[Site], Page]
) -> None:
    site = start_site(subject.bundle)
    page = open_page(site)
    start_engine(page, site.origin)
    first = answers(page, subject)
    assert answers(page, subject) == first
    start_engine(page, site.origin)
    assert answers(page, subject) == first


def test_drafts_change_the_cost_and_never_the_result(
    subject: Subject, start_site: Callable[..., Site], open_page: Callable[[Site], Page]
) -> None:
    site = start_site(subject.bundle)
    page = open_page(site)
    start_engine(page, site.origin)
    saved = 0
    for case in subject.cases:
        drafted, plain = extract(page, case, drafts=True), extract(page, case, drafts=False)
        assert drafted.bytes == plain.bytes
        assert places(drafted) == places(plain)
        for with_drafts, without in zip(drafted.fields, plain.fields, strict=True):
            assert with_drafts["confidence"] == without["confidence"]
        assert plain.stats["draftedTokens"] == 0
        saved += plain.stats["forwards"] - drafted.stats["forwards"]
    assert saved > 0


def test_one_thread_and_many_give_the_same_bytes(
    subject: Subject, start_site: Callable[..., Site], open_page: Callable[[Site], Page]
) -> None:
    many, one = start_site(subject.bundle), start_site(subject.bundle, isolated=False)
    page, alone = open_page(many), open_page(one)
    loaded = start_engine(page, many.origin)
    assert loaded["isolated"]
    if loaded["threads"] == 1:
        pytest.fail("this machine gives the browser one core: many threads cannot be tested on it")
    loaded = start_engine(alone, one.origin)
    assert not loaded["isolated"]
    assert loaded["threads"] == 1
    assert any("thread" in notice["message"] for notice in loaded["notices"])
    assert answers(alone, subject) == answers(page, subject)
