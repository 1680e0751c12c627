"""A run that goes on from an earlier run's adapter."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from builder.export.adapter import CONFIG, DESCRIPTION, MADE_FOR, WEIGHTS
from builder.finetune.errors import FinetuneError
from builder.finetune.model import MasterAdamW
from builder.finetune.start import EARLIER, read_start
from builder.finetune.tuning import TuneRecipe, load_tuning
from builder.finetune.vocabulary import Vocabulary
from builder.recipe import basis, load_recipe
from builder.sources import sha256_of

from .conftest import LORA, tiny_model

BASE = load_recipe("smollm2-135m-instruct")
RECIPE = replace(load_tuning("default"), lora=LORA)


def adapter(folder: Path, vocabulary: Vocabulary, said: dict[str, object] | None = None) -> Path:
    """An adapter's folder with every tensor a half."""
    trainable = tiny_model(vocabulary).trainable
    save_file(
        {name: torch.full_like(value, 0.5, dtype=torch.float16) for name, value in trainable.items()},
        folder / WEIGHTS,
    )
    (folder / CONFIG).write_text(json.dumps({"r": LORA.rank, "lora_alpha": LORA.alpha}))
    description = {"recipe": asdict(RECIPE), "steps": 7, MADE_FOR: basis(BASE), EARLIER: [{"steps": 3}]}
    (folder / DESCRIPTION).write_text(json.dumps({**description, **(said or {})}))
    return folder


def test_the_earlier_tensors_are_where_a_run_begins(vocabulary: Vocabulary, tmp_path: Path) -> None:
    start = read_start(adapter(tmp_path, vocabulary), RECIPE, BASE)
    model = tiny_model(vocabulary)
    MasterAdamW(model.trainable, RECIPE.optimiser).load(start.weights)
    assert all(bool((tensor == 0.5).all()) for tensor in model.trainable.values())
    assert [stage["steps"] for stage in start.stages] == [3, 7]
    assert start.sha256 == sha256_of(tmp_path / WEIGHTS)


@pytest.mark.parametrize(
    ("recipe", "said", "complaint"),
    [
        (replace(RECIPE, lora=replace(LORA, rank=LORA.rank * 2)), {}, "has rank"),
        (replace(RECIPE, lora=replace(LORA, alpha=LORA.alpha * 2)), {}, "has the scale"),
        (RECIPE, {MADE_FOR: {}}, "another base or prompt"),
        (RECIPE, {"recipe": None}, "cannot be read"),
        (
            replace(RECIPE, data=replace(RECIPE.data, held_out=(*RECIPE.data.held_out, "snips"))),
            {},
            "trained on 'snips'",
        ),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    recipe: TuneRecipe, said: dict[str, object], complaint: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    folder = adapter(tmp_path, vocabulary, said)
    with pytest.raises(FinetuneError, match=complaint):
        read_start(folder, recipe, BASE)
