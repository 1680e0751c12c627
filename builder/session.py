"""Running a graph in Python: the cache fed back from one run into the next, as the browser's session does it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Array = NDArray[np.float32]


class GraphSession:
    """A graph of the contract in `builder/graph.py`, for one sequence at a time."""

    def __init__(self, graph: Path | bytes, threads: int = 0) -> None:
        """Load a graph; `threads` 0 takes every core."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        source = str(graph) if isinstance(graph, Path) else graph
        self.session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self.outputs = [output.name for output in self.session.get_outputs()]
        self.empty = {
            cache.name: np.zeros([size if isinstance(size, int) else 0 for size in (1, *cache.shape[1:])], np.float32)
            for cache in self.session.get_inputs()
            if cache.name.startswith("past_key_values.")
        }
        self.reset()

    def reset(self) -> None:
        """Forget every token."""
        self.cache: dict[str, Array] = self.empty
        self.past = 0

    def feed(self, tokens: list[int], keep: int = 0) -> Array:
        """Feed tokens after those fed before; logits [keep, vocab] of the last `keep`, 0 for all of them."""
        new = len(tokens)
        inputs = {
            "input_ids": np.array([tokens], np.int64),
            "attention_mask": np.ones((1, self.past + new), np.int64),
            "position_ids": np.arange(self.past, self.past + new, dtype=np.int64)[None],
            "num_logits_to_keep": np.array(keep, np.int64),
        }
        results = dict(zip(self.outputs, self.session.run(None, inputs | self.cache), strict=True))
        logits: Array = results.pop("logits")[0]
        self.cache = {name.replace("present.", "past_key_values."): value for name, value in results.items()}
        self.past += new
        return logits
