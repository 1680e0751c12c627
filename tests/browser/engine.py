"""The engine as an embedding page uses it: `/embed.js` in a page of the origin, without the app."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.site import ROOT

DOCUMENTS = ROOT / "tests" / "documents"

_START = """async () => {
  const { EngineClient, serialise } = await import("/embed.js");
  globalThis.client = new EngineClient();
  globalThis.serialise = serialise;
  const loaded = await client.load(new URL("/bundle/manifest.json", location.href).href);
  return { ...loaded, isolated: crossOriginIsolated };
}"""
_EXTRACT = """async ([id, text, schema, options]) => {
  const { output, fields, stats } = await client.extract({ id, text }, schema, options);
  return JSON.stringify({ bytes: serialise(output), fields, stats });
}"""


@dataclass(frozen=True)
class Case:
    """A document and its schema from `tests/documents`."""

    name: str
    text: str
    schema: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """An extraction: the JSON as it is written, and what it cost."""

    bytes: str
    fields: list[dict[str, Any]]
    stats: dict[str, Any]


def read_case(name: str) -> Case:
    """The case in `tests/documents/<name>.txt` and `<name>.schema.json`."""
    text, schema = (DOCUMENTS / f"{name}{ending}" for ending in (".txt", ".schema.json"))
    return Case(name, text.read_text(encoding="utf-8"), json.loads(schema.read_text(encoding="utf-8")))


def read_records(path: Path, count: int) -> list[Case]:
    """The first records of a JSONL file as cases."""
    lines = path.read_text(encoding="utf-8").splitlines()[:count]
    records = [json.loads(line) for line in lines]
    return [Case(record["id"], record["text"], record["schema"]) for record in records]


def start_engine(page: Page, origin: str) -> dict[str, Any]:
    """Opens a bare page of the origin and loads the engine in it; answers with what was loaded."""
    page.goto(f"{origin}/healthz")
    loaded: dict[str, Any] = page.evaluate(_START)
    return loaded


def extract(page: Page, case: Case, *, document: str = "document", drafts: bool | None = None) -> Answer:
    """One extraction in a page with a started engine."""
    options = {} if drafts is None else {"drafts": drafts}
    return Answer(**json.loads(page.evaluate(_EXTRACT, [document, case.text, case.schema, options])))
