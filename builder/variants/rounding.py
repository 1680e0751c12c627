"""Rounding a matrix to a grid, with what one input's weights lose made good by the next inputs' weights.

Inputs of a product go together: what is lost where one weight is rounded can be given back through another
that is still to be rounded. By how much follows from how the inputs varied together over the sample texts
(their Gram matrix). This is GPTQ (Frantar et al. 2023); at four bits it saves most of the loss.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import torch

from builder.variants.products import Matrix

# Added to the Gram matrix's diagonal, as a share of its mean: inputs that the samples hardly show.
DAMPING = 0.05
# So many inputs are rounded before what they lost is carried on to all the others.
RUN = 64


class Grid(Protocol):
    """The values that a matrix [inputs, outputs] may take, by input."""

    def nearest(self, row: int, weights: Matrix) -> Matrix:
        """The levels [outputs] nearest to the weights of one input."""

    def meaning(self, row: int, levels: Matrix) -> Matrix:
        """What the levels of one input stand for."""


def rounded(matrix: Matrix, grid: Grid, gram: Matrix | None) -> Matrix:
    """The levels [inputs, outputs] of a matrix on a grid; `gram` [inputs, inputs] of what it is multiplied
    with, None to round each weight by itself."""
    share = np.eye(len(matrix), dtype=np.float32) if gram is None else shares(gram)
    left = matrix.copy()
    levels = np.empty_like(left)
    for start in range(0, len(left), RUN):
        run = slice(start, start + RUN)
        lost = round_run(left[run], levels[run], grid, share[run, run], start)
        if gram is not None:
            left[start + RUN :] -= share[run, start + RUN :].T @ lost
    return levels


def round_run(left: Matrix, levels: Matrix, grid: Grid, share: Matrix, start: int) -> Matrix:
    """Round a run of inputs in place, from the input `start` on; what each lost [inputs, outputs], in units
    of its share."""
    lost = np.empty_like(left)
    for row, weights in enumerate(left):
        levels[row] = grid.nearest(start + row, weights)
        lost[row] = (weights - grid.meaning(start + row, levels[row])) / share[row, row]
        left[row + 1 :] -= np.outer(share[row, row + 1 :], lost[row])
    return lost


def shares(gram: Matrix) -> Matrix:
    """By how much the inputs behind each input make its loss good: the upper Cholesky factor of the inverse.

    With the inputs in reverse order, the lower factor of the Gram matrix is the inverse of what is wanted.
    """
    damping = max(DAMPING * float(np.diag(gram).mean()), 1e-9)
    damped = torch.from_numpy(gram.astype(np.float64) + np.eye(len(gram)) * damping)
    factor = torch.linalg.cholesky(damped.flip(0, 1)).flip(0, 1)
    identity = torch.eye(len(gram), dtype=torch.float64)
    found: Matrix = torch.linalg.solve_triangular(factor, identity, upper=True).float().numpy()
    return found
