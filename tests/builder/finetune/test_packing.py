from __future__ import annotations

from dataclasses import replace

import torch

from builder.finetune.examples import Example, ExampleMaker
from builder.finetune.fields import Field
from builder.finetune.packing import batches, pack
from builder.finetune.questions import Question
from builder.finetune.vocabulary import Vocabulary

from .conftest import tiny_model


def examples(maker: ExampleMaker) -> list[Example]:
    fields = [Field(name, "what it says", "string", True) for name in ("first", "second", "none")]
    asked = [
        [Question(field, gold) for field, gold in zip(fields, golds, strict=True)]
        for golds in (("one two", "three", None), ("six", "seven eight", None))
    ]
    texts = ("one two and three", "A longer text that has six, seven eight and nine in it")
    return [
        maker.make(str(index), text, own) for index, (text, own) in enumerate(zip(texts, asked, strict=True))
    ]


def test_the_packed_loss_is_that_of_the_branches_one_by_one(
    maker: ExampleMaker, vocabulary: Vocabulary
) -> None:
    model = tiny_model(vocabulary)
    made = examples(maker)
    alone = [replace(example, branches=(branch,)) for example in made for branch in example.branches]
    assert len(alone) == 6
    with torch.no_grad():
        one_by_one = sum(float(model.loss(pack([example]))) for example in alone)
        packed = float(model.loss(pack(made)))
        by_hand = sum(plain_loss(model.base, example) for example in alone)
    assert abs(packed - one_by_one) < 1e-4
    assert abs(packed - by_hand) < 1e-4


def plain_loss(base: torch.nn.Module, example: Example) -> float:
    """Without mask, positions or packing: prefix and branch as one plain sequence."""
    (branch,) = example.branches
    logits = base(torch.tensor([[*example.prefix, *branch.tokens]])).logits[0].log_softmax(-1)
    start = len(example.prefix)
    return -sum(
        float(logits[start + index - 1, token]) * weight
        for index, (token, weight) in enumerate(zip(branch.tokens, branch.weights, strict=True))
    )


def test_batches_keep_every_example_and_their_limit(maker: ExampleMaker) -> None:
    made = examples(maker) * 3
    limit = 2 * max(example.size for example in made)
    groups = list(batches(made, limit))
    assert sorted(id(one) for group in groups for one in group) == sorted(id(one) for one in made)
    assert all(max(one.size for one in group) * len(group) <= limit for group in groups)
