"""The same input gives the same bytes: twice in a run, after a reload, without drafts, on one thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.engine import extract, read_case, start_engine
from tests.browser.site import Site

CASES = [read_case(name) for name in ("invoice", "receipt")]


def answers(page: Page) -> list[str]:
    return [extract(page, case).bytes for case in CASES]


def test_a_second_run_and_a_reload_give_the_same_bytes(site: Site, page: Page) -> None:
    start_engine(page, site.origin)
    first = answers(page)
    assert answers(page) == first
    start_engine(page, site.origin)
    assert answers(page) == first


def test_drafts_change_the_cost_and_never_the_result(site: Site, page: Page) -> None:
    start_engine(page, site.origin)
    for case in CASES:
        drafted, plain = extract(page, case, drafts=True), extract(page, case, drafts=False)
        assert drafted.bytes == plain.bytes
        assert [field["values"] for field in drafted.fields] == [field["values"] for field in plain.fields]
        assert plain.stats["draftedTokens"] == 0
        assert drafted.stats["forwards"] < plain.stats["forwards"]


def test_one_thread_and_many_give_the_same_bytes(
    bundle: Path, site: Site, page: Page, start_site: Callable[..., Site], open_page: Callable[[Site], Page]
) -> None:
    loaded = start_engine(page, site.origin)
    assert loaded["isolated"]
    if loaded["threads"] == 1:
        pytest.fail("this machine gives the browser one core: many threads cannot be tested on it")
    lone = start_site(bundle, isolated=False)
    alone = open_page(lone)
    loaded = start_engine(alone, lone.origin)
    assert not loaded["isolated"]
    assert loaded["threads"] == 1
    assert any("thread" in notice for notice in loaded["notices"])
    assert answers(alone) == answers(page)
