"""What every result on the page must hold to: the schema, the text, and a mark for what was read."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from tests.browser.app import App


def check_result(app: App, shown: str, schema: dict[str, Any], text: str) -> None:
    """Fails unless the JSON fits its schema and each value read from the text stands there, marked.

    A string without a format is the very text of its mark; a date or a number is computed from its mark; what
    is chosen among the schema's own values needs none.
    """
    output = json.loads(shown)
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(output)
    assert list(output) == list(schema["properties"])
    for name, value in output.items():
        items = value if isinstance(value, list) else [value]
        _check_field(
            app, name, schema["properties"][name], [item for item in items if item is not None], text
        )


def _check_field(app: App, name: str, kind: dict[str, Any], items: list[Any], text: str) -> None:
    state = app.page.get_by_test_id(f"field-{name}").get_attribute("data-state")
    assert state == ("value" if items else "absent"), name
    if "enum" in kind or any(isinstance(item, bool) for item in items):
        return
    marked = app.marked(name)
    assert all(place in text for place in marked), name
    if "format" in kind or any(not isinstance(item, str) for item in items):
        assert bool(marked) == bool(items), name
        return
    assert [item for item in items if item not in text] == []
    assert _left_over(items, marked) == [], name


def _left_over(items: list[str], marked: list[str]) -> list[str]:
    """The items that no mark reads as, and the marks that belong to no item.

    Marks stand in the order of the text, items in that of the answer; a mark is cut where two places cross.
    """
    pieces, missing = list(marked), []
    for item in items:
        runs = ((i, j) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1))
        found = next((run for run in runs if "".join(pieces[slice(*run)]) == item), None)
        if found is None:
            missing.append(item)
        else:
            del pieces[slice(*found)]
    return missing + pieces
