"""Documents end to end, the branches of each side by side behind its prefix.

`prefix | branch | branch | … | prefix | branch | …`: every branch sees its prefix and itself, and its
positions are counted from the prefix, so that the batch says what the same branches would say one by one.
Nothing is padded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from builder.finetune.examples import Example


@dataclass(frozen=True)
class Batch:
    """Documents end to end.

    `tokens` and `positions` are [1, length]; `masks` holds for each document who may look at whom
    [own length, own length].
    `places` names where the next token counts, `targets` that token, `weights` its share of the loss;
    `branches` says for each which branch it belongs to, counted through the batch.
    """

    tokens: Tensor
    positions: Tensor
    masks: tuple[Tensor, ...]
    places: Tensor
    targets: Tensor
    weights: Tensor
    branches: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        moved = {name: value.to(device) for name, value in vars(self).items() if isinstance(value, Tensor)}
        return replace(self, masks=tuple(mask.to(device) for mask in self.masks), **moved)


def batches(examples: Sequence[Example], limit: int) -> Iterator[list[Example]]:
    """Groups in their order, each with at most `limit` tokens (a longer example stands alone)."""
    group: list[Example] = []
    for example in examples:
        if group and total_size(group) + example.size > limit:
            yield group
            group = []
        group.append(example)
    if group:
        yield group


def pack(examples: Sequence[Example]) -> Batch:
    """The examples end to end."""
    laid: list[Laid] = []
    at = branches = 0
    for example in examples:
        laid.append(lay(example, at, branches))
        at += example.size
        branches += len(example.branches)
    targets = [target for one in laid for target in one.targets]
    return Batch(
        tokens=torch.tensor([[token for one in laid for token in one.tokens]]),
        positions=torch.tensor([[position for one in laid for position in one.positions]]),
        masks=tuple(tree_mask(torch.tensor(one.segments)) for one in laid),
        places=torch.tensor([place for place, *_ in targets], dtype=torch.long),
        targets=torch.tensor([token for _, token, *_ in targets], dtype=torch.long),
        weights=torch.tensor([weight for *_, weight, _ in targets], dtype=torch.float32),
        branches=torch.tensor([branch for *_, branch in targets], dtype=torch.long),
    )


@dataclass(frozen=True)
class Laid:
    """One document's places; a target is (place in the batch, token, weight, branch of the batch)."""

    tokens: list[int]
    positions: list[int]
    segments: list[int]
    targets: list[tuple[int, int, float, int]]


def lay(example: Example, at: int, branches: int) -> Laid:
    """One example behind `at` tokens and `branches` branches of others."""
    start = len(example.prefix)
    laid = Laid(list(example.prefix), list(range(start)), [0] * start, [])
    for number, branch in enumerate(example.branches):
        first = at + len(laid.tokens) - 1
        fed = branch.tokens[:-1]
        laid.targets.extend(
            (first + index, branch.tokens[index], weight, branches + number)
            for index, weight in enumerate(branch.weights)
            if weight > 0
        )
        laid.tokens.extend(fed)
        laid.positions.extend(range(start, start + len(fed)))
        laid.segments.extend([number + 1] * len(fed))
    return laid


def tree_mask(segments: Tensor) -> Tensor:
    """Who may look at whom: [length, length] from a document's segments [length] (0 is the prefix)."""
    length = segments.shape[0]
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    return causal & ((segments.unsqueeze(1) == segments) | (segments == 0))


def total_size(examples: Iterable[Example]) -> int:
    """The number of tokens fed."""
    return sum(example.size for example in examples)
