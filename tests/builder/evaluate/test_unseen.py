from __future__ import annotations

import dataclasses
import json
from itertools import islice
from pathlib import Path

import pytest

from builder.evaluate.errors import RecordsError
from builder.evaluate.unseen import SEED, unseen_records
from builder.export.adapter import DESCRIPTION
from builder.finetune.data import GENERATED, draws, load_mixture
from builder.finetune.start import EARLIER
from builder.finetune.tuning import DataRecipe, load_tuning
from builder.recipe import AdapterSource, Recipe, load_recipe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("seen", "also", "kept"):
        lines = [
            json.dumps(
                {"id": f"{name}{place}", "text": f"{name} {place}", "schema": {}, "gold": {"a": place}}
            )
            for place in range(40)
        ]
        (data / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return data


@pytest.fixture
def data() -> DataRecipe:
    return dataclasses.replace(
        load_tuning("default").data, generated=0, held_out=("kept",), held_out_kinds=(), left_out=()
    )


def run_of(data: DataRecipe, drawn: int, **sets: int) -> dict[str, object]:
    """What a run of tuning says of itself."""
    return {
        "recipe": {"data": dataclasses.asdict(data)},
        "sets": sets or {"seen": 40, "also": 40},
        "drawn": drawn,
    }


def tuned_on(folder: Path, *runs: dict[str, object]) -> Recipe:
    """A recipe whose adapter says what it was tuned on, run after run."""
    adapter = folder.parent / "adapter"
    adapter.mkdir()
    said = {**runs[-1], EARLIER: runs[:-1]}
    (adapter / DESCRIPTION).write_text(json.dumps(said), encoding="utf-8")
    return dataclasses.replace(load_recipe("tiny"), adapter=AdapterSource(str(adapter), "0" * 64))


def test_nothing_is_taken_that_was_drawn_in_any_run(folder: Path, data: DataRecipe) -> None:
    mixture = load_mixture(folder, data)
    second = dataclasses.replace(data, seed=data.seed + 1)
    drawn = {
        one.id
        for run, count in ((data, 20), (second, 30))
        for one in islice(draws(mixture.training, run), count)
    }
    runs = run_of(data, 20), run_of(second, 30)
    unseen = unseen_records(folder, data, tuned_on(folder, *runs), 30)
    ids = [one.id for one in unseen.records]
    assert unseen.traced
    assert not drawn & set(ids)
    assert [sum(one.set == name for one in unseen.records) for name in ("kept", "seen", "also")] == [15, 8, 8]
    assert len(set(ids)) == len(ids)


def test_a_third_is_generated_where_the_recipe_generates(folder: Path, data: DataRecipe) -> None:
    made = dataclasses.replace(data, generated=60)
    unseen = unseen_records(folder, made, load_recipe("tiny"), 30)
    counts = [sum(one.set == name for one in unseen.records) for name in ("kept", "seen", "also", GENERATED)]
    assert counts == [10, 5, 5, 10]


def test_the_choice_is_the_same_every_time_and_has_a_hash(folder: Path, data: DataRecipe) -> None:
    one, other = (unseen_records(folder, data, load_recipe("tiny"), 20) for _ in range(2))
    assert one == other
    assert one.sha256 != unseen_records(folder, data, load_recipe("tiny"), 22).sha256


def test_of_other_data_only_what_was_held_out_is_taken(folder: Path, data: DataRecipe) -> None:
    unseen = unseen_records(folder, data, tuned_on(folder, run_of(data, 50, seen=40, also=41)), 20)
    assert not unseen.traced
    assert {one.set for one in unseen.records} == {"kept"}
    assert len(unseen.records) == 20


def test_what_was_drawn_is_told_although_the_generator_writes_something_else_by_now(
    folder: Path, data: DataRecipe
) -> None:
    with_documents = dataclasses.replace(data, generated=30, generated_share=0.5)
    before = load_mixture(folder, dataclasses.replace(with_documents, generated=20))
    drawn = {one.id for one in islice(draws(before.training, with_documents), 40)}
    run = run_of(with_documents, 40, seen=40, also=40, generated=len(before.training["generated"]))
    unseen = unseen_records(folder, with_documents, tuned_on(folder, run), 60)
    assert unseen.traced
    assert not drawn & {one.id for one in unseen.records}
    assert {one.set for one in unseen.records} == {"kept", "seen", "also", "generated"}


def test_documents_of_the_calibrations_own_seed_may_have_been_drawn(folder: Path, data: DataRecipe) -> None:
    own = dataclasses.replace(data, seed=SEED)
    assert not unseen_records(folder, data, tuned_on(folder, run_of(own, 9)), 20).traced


def test_where_nothing_is_left_there_is_an_error(folder: Path, data: DataRecipe) -> None:
    everything = dataclasses.replace(data, held_out=())
    with pytest.raises(RecordsError, match="holds no record that was not trained on"):
        unseen_records(folder, everything, tuned_on(folder, run_of(data, 9, also=1)), 20)
