"""A whole run on the tiny model: it learns, it resumes exactly, it leaves a whole adapter behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from builder.export.adapter import DESCRIPTION
from builder.finetune.checkpoint import FILE
from builder.finetune.data import Mixture, digest_of
from builder.finetune.errors import FinetuneError
from builder.finetune.examples import ExampleMaker
from builder.finetune.export import CARD, CURVE_CSV, export
from builder.finetune.records import Json, Record
from builder.finetune.train import Order, Progress, Run, Workshop, outcome
from builder.finetune.tuning import TuneRecipe, load_tuning
from builder.finetune.vocabulary import Vocabulary
from builder.recipe import load_recipe

from .conftest import LORA, tiny_model

SCHEMA: dict[str, Json] = {
    "type": "object",
    "properties": {
        "who": {"type": ["string", "null"], "description": "Buyer"},
        "what": {"type": ["string", "null"]},
    },
    "required": ["who", "what"],
}


def record(number: int) -> Record:
    return Record(str(number), "sales", "sales", f"b{number} ab", SCHEMA, {"who": f"b{number}", "what": None})


def short_recipe(steps: int) -> TuneRecipe:
    recipe = load_tuning("default")
    data = replace(recipe.data, generated=0, held_out=("kept",))
    run = replace(recipe.run, steps=steps, tokens_per_step=300, tokens_per_forward=600, steer_records=2)
    return replace(
        recipe, data=data, run=run, lora=LORA, optimiser=replace(recipe.optimiser, learning_rate=0.02)
    )


def shop(recipe: TuneRecipe, vocabulary: Vocabulary, maker: ExampleMaker) -> Workshop:
    training, kept = [record(number) for number in range(8)], [record(9)]
    mixture = Mixture({"sales": training}, {"kept": kept}, digest_of([training, kept]))
    return Workshop(recipe, load_recipe("smollm2-135m-instruct"), vocabulary, maker, mixture, "key")


def run_of(vocabulary: Vocabulary, maker: ExampleMaker, out: Path, steps: int, resume: bool = False) -> Run:
    recipe = short_recipe(steps)
    order = Order(recipe, out, out, out, resume)
    return Run(shop(recipe, vocabulary, maker), tiny_model(vocabulary), order, Progress())


def weights(run: Run) -> list[torch.Tensor]:
    return [parameter.detach() for parameter in run.model.trainable.values()]


def test_a_resumed_run_goes_on_exactly(vocabulary: Vocabulary, maker: ExampleMaker, tmp_path: Path) -> None:
    whole = run_of(vocabulary, maker, tmp_path / "whole", 6)
    whole.go()
    first = run_of(vocabulary, maker, tmp_path / "parts", 6)
    for _ in range(3):
        first.step()
    first.keep()
    second = run_of(vocabulary, maker, tmp_path / "parts", 6, resume=True)
    second.go()
    assert [point.loss for point in second.points] == [point.loss for point in whole.points]
    assert all(torch.equal(one, other) for one, other in zip(weights(second), weights(whole), strict=True))
    assert whole.points[-1].loss < whole.points[0].loss


def test_a_checkpoint_of_another_run_is_refused(
    vocabulary: Vocabulary, maker: ExampleMaker, tmp_path: Path
) -> None:
    run = run_of(vocabulary, maker, tmp_path, 2)
    run.shop = replace(run.shop, key="other")
    run.step()
    run.keep()
    with pytest.raises(FinetuneError, match="of another recipe"):
        run_of(vocabulary, maker, tmp_path, 2, resume=True)
    (tmp_path / FILE).write_bytes(b"broken")
    with pytest.raises(FinetuneError, match="cannot be read"):
        run_of(vocabulary, maker, tmp_path, 2, resume=True)


def test_what_a_run_leaves_behind(vocabulary: Vocabulary, maker: ExampleMaker, tmp_path: Path) -> None:
    run = run_of(vocabulary, maker, tmp_path, 2)
    run.go()
    measures = run.measure(whole=True)
    export(tmp_path, run.model, outcome(run.shop, run.model, run, measures))
    said = json.loads((tmp_path / DESCRIPTION).read_text())
    assert said["steps"] == 2
    assert said["data_sha256"] == run.shop.mixture.digest
    assert set(said["held_out"]) == {"kept"}
    assert (tmp_path / CURVE_CSV).read_text().count("\n") == 3
    assert run.shop.mixture.digest in (tmp_path / CARD).read_text()
    decision = measures["kept"]["decision"]
    assert decision is not None
    assert 0 <= decision <= 1
