from __future__ import annotations

from dataclasses import replace

import torch

from builder.finetune.examples import Example, ExampleMaker
from builder.finetune.fields import Field
from builder.finetune.packing import batches, pack, total_size
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
        model.base.config._attn_implementation = "sdpa"
        by_hand = sum(float(plain_loss(model.base, example)) for example in alone)
    assert abs(packed - one_by_one) < 1e-4
    assert abs(packed - by_hand) < 1e-4


def plain_loss(base: torch.nn.Module, example: Example) -> torch.Tensor:
    """Without mask, positions or packing: prefix and branch as one plain sequence."""
    (branch,) = example.branches
    logits = base(torch.tensor([[*example.prefix, *branch.tokens]])).logits[0].log_softmax(-1)
    start = len(example.prefix)
    said = [
        logits[start + index - 1, token] * weight
        for index, (token, weight) in enumerate(zip(branch.tokens, branch.weights, strict=True))
    ]
    return -torch.stack(said).sum()


def test_batches_keep_every_example_and_their_limit(maker: ExampleMaker) -> None:
    made = examples(maker) * 3
    limit = 2 * max(example.size for example in made)
    groups = list(batches(made, limit))
    assert [id(one) for group in groups for one in group] == [id(one) for one in made]
    assert all(total_size(group) <= limit for group in groups)
    assert max(len(group) for group in groups) > 1


def test_the_gradient_of_a_batch_is_that_of_plain_attention(
    maker: ExampleMaker, vocabulary: Vocabulary
) -> None:
    """Against torch's own attention, one branch at a time, in float32."""
    model = tiny_model(vocabulary)
    made = examples(maker)
    model.loss(pack(made)).backward()  # type: ignore[no-untyped-call] # torch's own
    packed = {
        name: parameter.grad.clone()
        for name, parameter in model.trainable.items()
        if parameter.grad is not None
    }
    for parameter in model.trainable.values():
        parameter.grad = None
    model.base.config._attn_implementation = "sdpa"
    for example in made:
        for branch in example.branches:
            plain_loss(model.base, replace(example, branches=(branch,))).backward()  # type: ignore[no-untyped-call] # torch's own
    assert packed
    for name, parameter in model.trainable.items():
        assert parameter.grad is not None
        torch.testing.assert_close(packed[name], parameter.grad, rtol=1e-3, atol=1e-5)
