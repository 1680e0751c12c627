"""The library as its page of documentation shows it: the examples are taken from there and run."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from server.headers import SECURITY_HEADERS
from tests.browser.app import PATIENCE_MS
from tests.browser.site import ROOT, WEB, Site

FENCE = re.compile(r"^```(?P<language>\w+) (?P<name>\S+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
MEDIA_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8"}
TYPESCRIPT = ROOT / "web" / "node_modules" / ".bin" / "tsc"


def examples() -> dict[str, tuple[str, str]]:
    """Language and code of each named example, by its name."""
    page = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    return {found["name"]: (found["language"], found["code"]) for found in FENCE.finditer(page)}


def serve(page: Page, origin: str, name: str, body: str, language: str) -> None:
    """Answers for one file of the example, under the headers of the site."""
    headers = {**SECURITY_HEADERS, "Content-Type": MEDIA_TYPES[language]}

    def answer(route: Route) -> None:
        route.fulfill(status=200, headers=headers, body=body)

    page.route(f"{origin}/{name}", answer)


def run_example(page: Page, origin: str, script: str) -> str:
    """Opens the example's page with `script` in the place of its own; answers with what it shows."""
    files = examples()
    language, html = files["example.html"]
    serve(page, origin, "example.html", html, language)
    serve(page, origin, "example.js", files[script][1], "js")
    page.goto(f"{origin}/example.html")
    expect(page.locator("#result")).not_to_be_empty(timeout=PATIENCE_MS)
    return page.locator("#result").inner_text()


def test_the_example_shows_values_and_their_places(site: Site, open_page: Callable[[Site], Page]) -> None:
    shown = run_example(open_page(site), site.origin, "example.js")
    output, end = json.JSONDecoder().raw_decode(shown)
    assert list(output) == ["supplier", "date", "total"]
    code = examples()["example.js"][1]
    places = [line.partition(": ") for line in shown[end:].split("\n") if line]
    assert [path for path, _, _ in places] == ["/supplier", "/date", "/total"]
    for (_, _, place), value in zip(places, output.values(), strict=True):
        assert place == "absent" if value is None else place in code


def test_the_batch_goes_on_past_what_cannot_be_read(tiny: Site, open_page: Callable[[Site], Page]) -> None:
    shown = run_example(open_page(tiny), tiny.origin, "batch.js").splitlines()
    assert shown[0] == "monday: 3.2"
    assert shown[1] == "tuesday: There is no text to read."
    assert re.fullmatch(r"friday: (2\.8|4\.5|7\.3)", shown[2])
    assert shown[3:] == ["monday: skipped", "tuesday: skipped", "friday: skipped"]


def test_the_types_lie_beside_the_module(tiny: Site, open_page: Callable[[Site], Page]) -> None:
    answer = open_page(tiny).request.get(f"{tiny.origin}/embed.d.ts")
    assert answer.ok
    assert "static load(bundleUrl: string" in answer.text()


@pytest.mark.parametrize("name", ["example.js", "batch.js"])
def test_the_examples_fit_the_types(name: str, tmp_path: Path) -> None:
    code = examples()[name][1].replace('"/embed.js"', '"./embed.js"')
    (tmp_path / "embed.d.ts").write_text((WEB / "embed.d.ts").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / name).write_text(code, encoding="utf-8")
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--strictNullChecks", "false"]
    target = ["--module", "esnext", "--target", "es2022", "--moduleResolution", "bundler"]
    command = [str(TYPESCRIPT), *options, *target, name]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
