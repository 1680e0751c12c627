"""Fields appear on the page as they are found, while the document is still being read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.app import App
from tests.browser.site import Site

# The engine asks them in more than three groups.
NAMES = [f"name_{number:02}" for number in range(28)]
TEXT = "".join(
    f"On day {number} {who} met {whom} about the old pier and paid {number * 7}.50.\n"
    for number, (who, whom) in enumerate(
        [("Ada", "the choir"), ("Ben", "a printer"), ("Cleo", "Mr Reed")] * 4
    )
)

# No digit before the last line: a number is found in the last part, or nowhere.
LONG = "Nothing was decided about the old pier, and the choir went home again.\n" * 600
LAST = "The total to pay is 12.50.\n"


def schema_of(properties: dict[str, Any]) -> dict[str, Any]:
    """A schema that asks for everything it names."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(frozen=True)
class View:
    """What the page shows in one frame: the run, and of each field its state and its words."""

    run: str
    states: dict[str, str]
    words: dict[str, str]

    def settled(self) -> list[str]:
        """The fields that are shown with a value, or as absent."""
        return [name for name, state in self.states.items() if state in ("value", "absent")]


# Looks in every frame that the browser is about to draw: what is noted stood on the page for a person to see.
WATCH = """() => {
  globalThis.views = [];
  const look = () => {
    const fields = [...document.querySelectorAll('[data-testid="values"] .leaf')];
    const nameOf = ({ dataset }) => dataset.testid.replace("field-", "");
    const of = (read) => Object.fromEntries(fields.map((one) => [nameOf(one), read(one)]));
    const view = JSON.stringify({
      run: document.querySelector('[data-testid="run"]').dataset.state,
      states: of((field) => field.dataset.state),
      words: of((field) => field.querySelector(".value").firstElementChild.textContent),
    });
    if (view !== globalThis.views.at(-1)) globalThis.views.push(view);
    requestAnimationFrame(look);
  };
  look();
}"""


def watched(app: App, schema: dict[str, Any], text: str) -> tuple[list[View], View, dict[str, Any]]:
    """Extracts; answers with what was shown while the run was going on, at its end, and with the output."""
    app.get_model()
    app.use_schema(schema)
    app.press("Done")
    app.paste(text)
    app.page.evaluate(WATCH)
    output: dict[str, Any] = json.loads(app.extract())
    app.page.wait_for_function("() => JSON.parse(views.at(-1)).run === 'done'")
    views = [View(**json.loads(view)) for view in app.page.evaluate("() => views")]
    return [view for view in views if view.run == "running" and view.states], views[-1], output


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_field_stands_there_while_a_later_one_is_still_looked_for(
    tiny: Site, open_page: Callable[..., Page], phone: bool
) -> None:
    schema = schema_of({name: {"type": ["string", "null"]} for name in NAMES})
    running, end, output = watched(App(open_page(tiny, phone=phone), tiny.origin), schema, TEXT)

    halfway = [view for view in running if 0 < len(view.settled()) < len(NAMES)]
    assert halfway != []
    for view in halfway:
        count = len(view.settled())
        assert view.settled() == NAMES[:count], "fields come in their order"
        assert {view.words[name] for name in NAMES[count:]} == {"still looked for"}
        assert [view.words[name] for name in NAMES[:count]] == [end.words[name] for name in NAMES[:count]]
        assert [view.states[name] for name in NAMES[:count]] == [end.states[name] for name in NAMES[:count]]
    counts = [len(view.settled()) for view in running]
    assert all(before <= after for before, after in pairwise(counts)), "what was found does not go away"

    assert end.settled() == NAMES
    assert end.words == {name: value or "not in the text" for name, value in output.items()}


def test_what_an_early_part_of_a_long_text_lacks_is_not_called_absent_before_the_last_one_is_read(
    tiny: Site, open_page: Callable[..., Page]
) -> None:
    schema = schema_of({"decided": {"type": "boolean"}, "total": {"type": "number"}})
    running, end, output = watched(App(open_page(tiny), tiny.origin), schema, LONG + LAST)
    assert {state for view in running for state in view.states.values()} <= {"pending", "value"}
    assert any(view.states == {"decided": "value", "total": "pending"} for view in running)
    assert output["total"] == 12.5
    assert end.words == {"decided": "yes" if output["decided"] else "no", "total": "12.5"}
