"""Running a graph in Python: the cache goes from one run into the next, as in the browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from builder.cache import COLUMNS, MULTIPLE, VISIBLE

Array = NDArray[np.float32]
Inputs = dict[str, NDArray[np.generic]]


class GraphSession:
    """A graph of the contract in `builder/graph.py` or `builder/cache.py`, for one sequence at a time."""

    def __init__(self, graph: Path | bytes, threads: int = 0) -> None:
        """Load a graph; `threads` 0 takes every core."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        source = str(graph) if isinstance(graph, Path) else graph
        self.session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]
        inputs = self.session.get_inputs()
        self.by_column = any(item.name == COLUMNS for item in inputs)
        self.empty = {
            item.name: np.zeros(
                [size if isinstance(size, int) else 0 for size in (1, *item.shape[1:])], np.float32
            )
            for item in inputs
            if item.name.startswith("past_key_values.")
        }
        self.reset()

    def reset(self) -> None:
        """Forget every token."""
        self.cache: dict[str, Array] = self.empty
        self.past = 0

    def feed(self, tokens: list[int], keep: int = 0) -> Array:
        """Feed tokens after those fed before; logits [keep, vocab] of the last `keep`, 0 for all of them."""
        places = np.arange(self.past, self.past + len(tokens), dtype=np.int64)
        if self.by_column:
            visible = np.arange(self.room(places)) <= places[:, None]
            return self.feed_columns(tokens, places, visible, keep)
        logits, returned = self.run(
            tokens, keep, {"attention_mask": np.ones((1, len(places) + self.past), np.int64)}, places
        )
        self.cache, self.past = returned, self.past + len(tokens)
        return logits

    def feed_columns(
        self,
        tokens: list[int],
        columns: NDArray[np.int64],
        visible: NDArray[np.bool_],
        keep: int = 0,
        positions: NDArray[np.int64] | None = None,
    ) -> Array:
        """Feed tokens of any branches: `columns` [N], `visible` [N, C], `positions` [N] (the columns unless
        given)."""
        self.grow(visible.shape[1])
        extra: Inputs = {COLUMNS: columns, VISIBLE: visible[None]}
        logits, returned = self.run(tokens, keep, extra, columns if positions is None else positions)
        for name, value in returned.items():
            self.cache[name][:, columns] = value
        self.past = max(self.past, int(columns.max()) + 1)
        return logits

    def run(
        self, tokens: list[int], keep: int, extra: Inputs, positions: NDArray[np.int64]
    ) -> tuple[Array, dict[str, Array]]:
        """One run: logits [K, vocab], and what came back for each cache tensor, by its input's name."""
        inputs: Inputs = {
            "input_ids": np.array([tokens], np.int64),
            "position_ids": positions[None],
            "num_logits_to_keep": np.array(keep, np.int64),
        }
        results = dict(zip(self.outputs, self.session.run(None, inputs | extra | self.cache), strict=True))
        logits: Array = results.pop("logits")[0]
        return logits, {
            name.replace("present.", "past_key_values."): value for name, value in results.items()
        }

    def room(self, places: NDArray[np.int64]) -> int:
        """Columns that hold these places, as a multiple of what the runtime adds up at once."""
        return -(-(int(places.max()) + 1) // MULTIPLE) * MULTIPLE

    def grow(self, columns: int) -> None:
        """Make room for this many columns; fewer are cut off, for a run reads as many as its mask names."""
        held = next(iter(self.cache.values())).shape[1]
        if held >= columns:
            self.cache = {name: value[:, :columns].copy() for name, value in self.cache.items()}
            return
        filling = ((0, 0), (0, columns - held), (0, 0), (0, 0))
        self.cache = {name: np.pad(value, filling) for name, value in self.cache.items()}
