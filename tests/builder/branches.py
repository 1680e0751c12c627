"""Branches of one prefix side by side, as a session over columns is fed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.export.cache import MULTIPLE

Arguments = tuple[list[int], NDArray[np.int64], NDArray[np.bool_], int, NDArray[np.int64]]


def side_by_side(start: int, branches: tuple[list[int], ...]) -> Arguments:
    """The arguments of one forward over branches of a prefix of `start` tokens, 16 columns each."""
    base = -(-start // MULTIPLE) * MULTIPLE
    first = [base + MULTIPLE * index for index in range(len(branches))]
    columns = np.concatenate([np.arange(len(b)) + at for at, b in zip(first, branches, strict=True)])
    own = np.concatenate([np.full(len(b), at) for at, b in zip(first, branches, strict=True)])
    places = np.arange(base + MULTIPLE * len(branches))
    visible = (places < start) | ((places >= own[:, None]) & (places <= columns[:, None]))
    positions = columns - own + start
    return [token for branch in branches for token in branch], columns, visible, 0, positions
