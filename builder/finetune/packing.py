"""Branches side by side behind their prefix, several documents to a batch, under a mask of four dimensions.

A row is one document: `prefix | branch | branch | … | padding`. Every branch sees the prefix and itself, and
its positions are counted from the prefix, so that the row says what the same branches would say one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from builder.finetune.examples import Example

PADDING = -1


@dataclass(frozen=True)
class Batch:
    """A batch of rows.

    `tokens` and `positions` are [rows, length]; `mask` is [rows, 1, length, length], true where a token may
    look.
    `rows` and `columns` name the places whose next token counts, `targets` that token, `weights` its share
    of the loss;
    `branches` says for each which branch it belongs to, counted through the batch.
    """

    tokens: Tensor
    positions: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor
    targets: Tensor
    weights: Tensor
    branches: Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch on another device."""
        return Batch(**{name: value.to(device) for name, value in vars(self).items()})


def batches(examples: Sequence[Example], limit: int) -> Iterator[list[Example]]:
    """Groups of like length, each with at most `limit` places when padded (a longer one stands alone)."""
    group: list[Example] = []
    for example in sorted(examples, key=lambda one: one.size):
        if group and example.size * (len(group) + 1) > limit:
            yield group
            group = []
        group.append(example)
    if group:
        yield group


def pack(examples: Sequence[Example]) -> Batch:
    """The examples as rows, padded to the longest."""
    length = max(example.size for example in examples)
    laid = [lay(example, length) for example in examples]
    segments = torch.tensor([row.segments for row in laid])
    targets = [(index, *target) for index, row in enumerate(laid) for target in row.targets]
    offsets = [sum(len(example.branches) for example in examples[:index]) for index in range(len(examples))]
    return Batch(
        tokens=torch.tensor([row.tokens for row in laid]),
        positions=torch.tensor([row.positions for row in laid]),
        mask=tree_mask(segments),
        rows=torch.tensor([row for row, *_ in targets], dtype=torch.long),
        columns=torch.tensor([column for _, column, *_ in targets], dtype=torch.long),
        targets=torch.tensor([token for _, _, token, *_ in targets], dtype=torch.long),
        weights=torch.tensor([weight for *_, weight, _ in targets], dtype=torch.float32),
        branches=torch.tensor([offsets[row] + branch for row, *_, branch in targets], dtype=torch.long),
    )


@dataclass(frozen=True)
class Row:
    """One document's places; a target is (column, token, weight, branch)."""

    tokens: list[int]
    positions: list[int]
    segments: list[int]
    targets: list[tuple[int, int, float, int]]


def lay(example: Example, length: int) -> Row:
    """One example's row, padded to `length`."""
    start = len(example.prefix)
    row = Row(list(example.prefix), list(range(start)), [0] * start, [])
    for number, branch in enumerate(example.branches):
        first = len(row.tokens) - 1
        fed = branch.tokens[:-1]
        row.targets.extend(
            (first + index, branch.tokens[index], weight, number)
            for index, weight in enumerate(branch.weights)
            if weight > 0
        )
        row.tokens.extend(fed)
        row.positions.extend(range(start, start + len(fed)))
        row.segments.extend([number + 1] * len(fed))
    padding = length - len(row.tokens)
    row.tokens.extend([0] * padding)
    row.positions.extend([0] * padding)
    row.segments.extend([PADDING] * padding)
    return row


def tree_mask(segments: Tensor) -> Tensor:
    """Who may look at whom: [rows, 1, length, length] from the segments [rows, length] (0 is the prefix)."""
    length = segments.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    same = segments.unsqueeze(2) == segments.unsqueeze(1)
    prefix = (segments == 0).unsqueeze(1)
    return (causal & (same | prefix)).unsqueeze(1)


def total_size(examples: Iterable[Example]) -> int:
    """The number of tokens fed, without padding."""
    return sum(example.size for example in examples)
