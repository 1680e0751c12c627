from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from builder.finetune.data import GENERATED, draws, generated, load_mixture, shares
from builder.finetune.errors import FinetuneError
from builder.finetune.records import Json, Record, read_set
from builder.finetune.tuning import load_tuning
from builder.finetune.variation import questions_of, styled, vary

RECIPE = load_tuning("default").data
SHARED = Path(__file__).parents[4] / "shared"
ROWS: dict[str, Json] = {
    "type": "object",
    "properties": {
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "description": "Name"},
                    "size": {"type": ["string", "null"]},
                },
                "required": ["name", "size"],
            },
        }
    },
}


def record(text: str = "a b", name: str = "one") -> Record:
    rows: list[Json] = [{"name": "a", "size": None}, {"name": "b", "size": "2"}]
    return Record(text, name, name, text, ROWS, {"rows": rows})


def test_columns_of_rows_become_lists() -> None:
    asked = {question.field.name: (question.field.kind, question.gold) for question in questions_of(record())}
    assert asked == {"name": ("list", ["a", "b"]), "size": ("list", ["2"])}


def test_draws_are_seeded_and_spread_by_the_root_of_size() -> None:
    training = {"large": [record(f"l{n}", "large") for n in range(16)], "small": [record("s", "small")]}
    recipe = replace(RECIPE, balance=0.5)
    assert shares(training, recipe) == {"large": 0.8, "small": 0.2}
    first, again = (list(islice(draws(training, recipe), 500)) for _ in range(2))
    assert [one.id for one in first] == [one.id for one in again]
    assert 70 < Counter(one.set for one in first)["small"] < 130
    assert {one.id for one in first[:60] if one.set == "large"} == {f"l{n}" for n in range(16)}


def test_variation_is_decided_by_its_seed_and_keeps_the_share_of_absent_fields() -> None:
    questions = questions_of(record())
    assert vary(questions, [], RECIPE.variation, Random(1)) == vary(
        questions, [], RECIPE.variation, Random(1)
    )
    assert len(vary(questions, [], RECIPE.variation, Random(2))) <= RECIPE.variation.max_fields


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("snake", "due_date_iso"),
        ("camel", "dueDateIso"),
        ("kebab", "due-date-iso"),
        ("title", "Due Date Iso"),
    ],
)
def test_styles(style: str, name: str) -> None:
    assert {styled(form, style) for form in ("dueDateISO", "due_date_iso", "Due date ISO")} == {name}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("{", "2 is not JSON"), ('{"text": "a"}', "2 lacks a text, a schema"), ("3", "2 is not an object")],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"text": "a", "schema": {{}}, "gold": {{}}}}\n{line}\n', encoding="utf-8")
    with pytest.raises(FinetuneError, match=rf"set\.jsonl:{complaint}"):
        read_set(path)


def test_a_held_out_set_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FinetuneError, match="which the recipe holds out"):
        load_mixture(tmp_path, replace(RECIPE, generated=0))


def normal(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def test_no_evaluation_text_is_trained_on() -> None:
    if not (SHARED / "eval").is_dir() or not (SHARED / "train").is_dir():
        pytest.skip(
            f"NOT CHECKED: {SHARED} is not here, so nobody looked for evaluation texts in the training data"
        )
    measured = {
        normal(text)
        for path in sorted((SHARED / "eval").glob("*.jsonl"))
        if path.stem != "jsonschemabench"
        for text in (one.text for one in read_set(path))
    }
    assert len(measured) > 500
    trained = [one for path in sorted((SHARED / "train").glob("*.jsonl")) for one in read_set(path)]
    trained += generated(replace(RECIPE, generated=300))
    assert {one.set for one in trained} >= {GENERATED, "snips"}
    assert [one.id for one in trained if normal(one.text) in measured] == []


def test_a_set_with_emphasis_is_drawn_more_often() -> None:
    training = {name: [record(f"{name}{n}", name) for n in range(4)] for name in ("one", "other")}
    assert shares(training, replace(RECIPE, emphasis={"one": 3.0})) == {"one": 0.75, "other": 0.25}
