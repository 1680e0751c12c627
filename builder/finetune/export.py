"""What a run leaves behind: the adapter in half precision, its card, its curve."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from builder.export.adapter import CONFIG, DESCRIPTION, MADE_FOR, WEIGHTS
from builder.finetune.curve import Point, smooth, to_csv, to_svg
from builder.finetune.errors import FinetuneError
from builder.finetune.model import TunedModel
from builder.finetune.start import EARLIER
from builder.finetune.tuning import TuneRecipe

MAX_BYTES = 25_000_000
CURVE_CSV, CURVE_SVG, CARD = "curve.csv", "curve.svg", "README.md"


@dataclass(frozen=True)
class Outcome:
    """Everything that a card tells: how the run was made and what was measured on held-out sets.

    `made_for` is the basis that the adapter belongs to, `drawn` how many draws from the mixture it took,
    `earlier` the runs that it went on from, oldest first.
    """

    recipe: TuneRecipe
    base: str
    made_for: Mapping[str, object]
    drawn: int
    data: str
    sets: Mapping[str, int]
    device: str
    points: Sequence[Point]
    measures: Mapping[str, Mapping[str, float | None]]
    earlier: Sequence[Mapping[str, Any]] = ()


def export(folder: Path, model: TunedModel, outcome: Outcome) -> None:
    """Write adapter, description, curve and card. Raises FinetuneError for an adapter above 25 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    write_adapter(folder, model, outcome.recipe)
    (folder / DESCRIPTION).write_text(
        json.dumps(describe(outcome), indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
    (folder / CURVE_CSV).write_text(to_csv(outcome.points), encoding="utf-8")
    (folder / CURVE_SVG).write_text(to_svg(outcome.points), encoding="utf-8")
    (folder / CARD).write_text(card(outcome), encoding="utf-8")


def write_adapter(folder: Path, model: TunedModel, recipe: TuneRecipe) -> None:
    """The adapter's tensors in half precision and what it takes to read them. Raises FinetuneError when it
    is too large."""
    tensors = {
        name: tensor.detach().to("cpu", torch.float16).contiguous()
        for name, tensor in sorted(model.trainable.items())
    }
    partial = folder / f"{WEIGHTS}.partial"
    save_file(tensors, partial, metadata={"format": "pt"})
    if (size := partial.stat().st_size) > MAX_BYTES:
        partial.unlink()
        raise FinetuneError(
            f"the adapter has {size / 1e6:.1f} MB, at most 25 MB can be kept", "lower lora.rank"
        )
    partial.replace(folder / WEIGHTS)
    config = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "r": recipe.lora.rank,
        "lora_alpha": recipe.lora.alpha,
        "lora_dropout": 0.0,
        "target_modules": sorted(recipe.lora.layers),
        "bias": "none",
        "base_model_name_or_path": recipe.base,
        "inference_mode": True,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def describe(outcome: Outcome) -> dict[str, object]:
    """The run as plain data."""
    points = outcome.points
    return {
        "recipe": dataclasses.asdict(outcome.recipe),
        "base": outcome.base,
        MADE_FOR: dict(outcome.made_for),
        "drawn": outcome.drawn,
        "data_sha256": outcome.data,
        "sets": dict(outcome.sets),
        "device": outcome.device,
        "steps": len(points),
        "documents": sum(point.documents for point in points),
        "tokens": sum(point.tokens for point in points),
        "minutes": round(sum(point.seconds for point in points) / 60, 1),
        "final_loss": round(smooth([point.loss for point in points])[-1], 4) if points else None,
        "held_out": {name: dict(measures) for name, measures in outcome.measures.items()},
        EARLIER: [dict(stage) for stage in outcome.earlier],
    }


def card(outcome: Outcome) -> str:
    """The model card: what it is, how it was made, what it was measured at, what it is not for."""
    said = describe(outcome)
    recipe = outcome.recipe
    rows = [
        f"| {name} | {' | '.join(share(measures.get(key)) for key in MEASURED)} |"
        for name, measures in outcome.measures.items()
    ]
    sets = ", ".join(f"{name} ({count:,})" for name, count in outcome.sets.items())
    return CARD_TEXT.format(
        base=outcome.base,
        rank=recipe.lora.rank,
        alpha=recipe.lora.alpha,
        rate=recipe.optimiser.learning_rate,
        layers=", ".join(recipe.lora.layers),
        steps=said["steps"],
        documents=said["documents"],
        tokens=said["tokens"],
        minutes=said["minutes"],
        device=outcome.device,
        data=outcome.data,
        sets=sets,
        loss=said["final_loss"],
        before="".join(map(stage, outcome.earlier)),
        held=", ".join((*recipe.data.held_out, *recipe.data.held_out_kinds)),
        head=" | ".join(MEASURED),
        rule="|".join(["--:"] * len(MEASURED)),
        rows="\n".join(rows),
    )


def stage(said: Mapping[str, Any]) -> str:
    """A sentence of the card about an earlier run."""
    return (
        f" Before it, a run of the recipe `{said['recipe']['name']}`: {said['steps']} steps over"
        f" {said['documents']} documents in {said['minutes']} minutes on {said['device']}, loss"
        f" {said['final_loss']} at the end."
    )


MEASURED = ("f1", "false_fill", "null_recall", "decision", "exact", "loss")


def share(value: float | None) -> str:
    """A measure for a table."""
    return "–" if value is None else f"{value:.3f}"  # noqa: RUF001 (a dash is meant)


CARD_TEXT = """# Excerpt adapter for {base}

A LoRA adapter that tunes the model for one task: asked for a field, name the words of the document that fill
it, or say
`null`. It is merged into the base model when a bundle is built. Under another prompt than the recipe's it is
of no use.

## How it was made

`excerpt finetune`: rank {rank}, alpha {alpha:g} on {layers}; AdamW, {rate:g} falling as a cosine. {steps}
steps over {documents} documents and {tokens} tokens in {minutes} minutes on {device}. Loss on the tokens
that the engine asks the model for, {loss} at the end (`curve.svg`, `curve.csv`). `training.json` holds every
parameter.{before}

## Data

{sets}. SHA-256 over all records: `{data}`.
The generated documents are the project's own. The other sets were made from public repositories under MIT,
BSD, Apache-2.0, CC0, CC-BY, CC-BY-SA and OGL licences; the sources, by set:

- snips: sonos/nlu-benchmark (CC0) · usaddress, names: datamade (MIT) · anystyle: inukshuk/anystyle
(BSD-2-Clause)
- crossner: zliucr/CrossNER (MIT; text of Wikipedia, CC-BY-SA) · wiki_facts, wiki_records: Re-DocRED (MIT;
text of Wikipedia, CC-BY-SA)
- news_web: re3d, wikigold, GUM (public domain, OGL, CC-BY, CC-BY-SA) · tweets: WNUT17, Broad Twitter Corpus
(CC-BY)
- biomed: BC5CDR, NCBI, JNLPBA, BioNLP13 by cambridgeltl (CC-BY, CC-BY-SA) · sec_agreements: FIN (CC-BY)
- contract_clauses: CUAD, The Atticus Project (CC-BY) · recipes: TASTEset (MIT) · restaurant_descriptions:
E2E NLG (CC-BY-SA)
- table_sentences: DART (MIT; tables of Wikipedia, CC-BY-SA) · assistant_requests: SLURP (CC-BY)
- world_addresses: OpenCage address-formatting (MIT) · quantities_dates: Microsoft Recognizers-Text (MIT)
- network_cli: ntc-templates (Apache-2.0) · command_output: jc (MIT) · log_lines: logstash-patterns-core
(Apache-2.0)

## Measured on held-out sets

Never trained on: {held}. Greedy, every value held to the document.

| set | {head} |
|---|{rule}|
{rows}

`decision`: share of first choices (absent, or filled) that are right, given the field. `exact`: share of
answers that are the gold one, nulls included. `loss`: as in training.

## Limits

A small model: it misreads what takes reasoning, it prefers what looks like the documents above, and long
documents cost it accuracy. It was tuned on English for the most part. Every value shows its place in the
document, so that a reader can check it.
"""
