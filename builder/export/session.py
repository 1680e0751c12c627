"""Running a graph in Python: the cache goes from one run into the next, as in the browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from builder.export.cache import COLUMNS, MULTIPLE, NEAR, PREVIOUS, VISIBLE
from builder.export.operators import past_name

Array = NDArray[np.float32]
Visible = NDArray[np.bool_]
Inputs = dict[str, NDArray[np.generic]]
CONVOLUTION = "past_conv."


class GraphSession:
    """A graph of the contract in `graph.py` or `cache.py`, for one sequence at a time."""

    def __init__(self, graph: Path | bytes, threads: int = 0, window: int | None = None) -> None:
        """Load a graph; `threads` 0 takes every core. `window` is that of its layers with one."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        source = str(graph) if isinstance(graph, Path) else graph
        self.session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]
        self.shapes = {item.name: item.shape for item in self.session.get_inputs()}
        self.by_column = COLUMNS in self.shapes
        self.window = window
        self.empty = {
            name: np.zeros([size if isinstance(size, int) else 0 for size in (1, *shape[1:])], np.float32)
            for name, shape in self.shapes.items()
            if name.startswith("past")
        }
        self.reset()

    def reset(self) -> None:
        """Forget every token."""
        self.cache: dict[str, Array] = self.empty
        self.past = 0

    def cut(self, past: int) -> None:
        """Take back every token but the first `past`."""
        self.past = past
        if not self.by_column:
            self.cache = {name: value[:, :, :past] for name, value in self.cache.items()}

    def feed(self, tokens: list[int], keep: int = 0) -> Array:
        """Feed tokens after those fed before; logits [keep, vocab] of the last `keep`, 0 for all of them."""
        places = np.arange(self.past, self.past + len(tokens), dtype=np.int64)
        if self.by_column:
            visible = np.arange(self.room(places)) <= places[:, None]
            return self.feed_columns(tokens, places, visible, keep)
        mask: Inputs = {"attention_mask": np.ones((1, len(places) + self.past), np.int64)}
        logits, returned = self.run(tokens, keep, mask | self.cache, places)
        self.cache, self.past = returned, self.past + len(tokens)
        return logits

    def feed_columns(
        self,
        tokens: list[int],
        columns: NDArray[np.int64],
        visible: Visible,
        keep: int = 0,
        positions: NDArray[np.int64] | None = None,
    ) -> Array:
        """Feed tokens of any branches: `columns` [N], `visible` [N, C], `positions` [N] (the columns unless
        given)."""
        self.grow(visible.shape[1])
        extra: Inputs = {COLUMNS: columns, VISIBLE: visible[None]}
        if NEAR in self.shapes:
            extra[NEAR] = last_visible(visible, self.window or visible.shape[1])[None]
        rows, previous = self.rows_before(columns, visible)
        if PREVIOUS in self.shapes:
            extra[PREVIOUS] = previous
        held = {name: self.read(name, rows) for name in self.cache}
        logits, returned = self.run(tokens, keep, extra | held, columns if positions is None else positions)
        for name, value in returned.items():
            self.cache[name][:, columns] = value
        self.past = max(self.past, int(columns.max()) + 1)
        return logits

    def read(self, name: str, rows: list[int]) -> Array:
        """A cache tensor as the graph reads it: all columns, or a row of zeros and the rows named."""
        value = self.cache[name]
        if not name.startswith(CONVOLUTION):
            return value
        return np.concatenate([np.zeros_like(value[:, :1]), value[:, rows]], axis=1)

    def rows_before(
        self, columns: NDArray[np.int64], visible: Visible
    ) -> tuple[list[int], NDArray[np.int64]]:
        """The columns of earlier runs that convolutions read, and `previous` [N, reach] over them."""
        reach = int(self.shapes[PREVIOUS][1]) if PREVIOUS in self.shapes else 0
        before = [np.flatnonzero(row)[:-1][-reach:] if reach else row[:0] for row in visible]
        new = {int(column): place for place, column in enumerate(columns)}
        rows = sorted({int(column) for seen in before for column in seen} - set(new))
        places = {column: 1 + place for place, column in enumerate(rows)}
        places |= {column: 1 + len(rows) + place for column, place in new.items()}
        previous = np.zeros((len(columns), reach), np.int64)
        for index, seen in enumerate(before):
            for back, column in enumerate(reversed(seen), start=1):
                previous[index, reach - back] = places[int(column)]
        return rows, previous

    def run(
        self, tokens: list[int], keep: int, extra: Inputs, positions: NDArray[np.int64]
    ) -> tuple[Array, dict[str, Array]]:
        """One run: logits [K, vocab], and what came back for each cache tensor, by its input's name."""
        inputs: Inputs = {
            "input_ids": np.array([tokens], np.int64),
            "position_ids": positions[None],
            "num_logits_to_keep": np.array(keep, np.int64),
        }
        results = dict(zip(self.outputs, self.session.run(None, inputs | extra), strict=True))
        logits: Array = results.pop("logits")[0]
        return logits, {past_name(name): value for name, value in results.items()}

    def room(self, places: NDArray[np.int64]) -> int:
        """Columns that hold these places, as a multiple of what the runtime adds up at once."""
        return -(-(int(places.max()) + 1) // MULTIPLE) * MULTIPLE

    def grow(self, columns: int) -> None:
        """Make room for this many columns; fewer are cut off, for a run reads as many as its mask names."""
        held = next(iter(self.cache.values())).shape[1]
        if held >= columns:
            self.cache = {name: value[:, :columns].copy() for name, value in self.cache.items()}
            return
        self.cache = {
            name: np.pad(value, ((0, 0), (0, columns - held), *[(0, 0)] * (value.ndim - 2)))
            for name, value in self.cache.items()
        }


def last_visible(visible: Visible, window: int) -> Visible:
    """Of the columns that each token sees, the last `window`."""
    from_behind: Visible = np.cumsum(visible[:, ::-1], axis=1)[:, ::-1] <= window
    return visible & from_behind
