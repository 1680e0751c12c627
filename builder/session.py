"""Running a graph in Python: the cache goes from one run into the next, as in the browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Array = NDArray[np.float32]


class GraphSession:
    """A graph of the contract in `builder/graph.py` or `builder/cache.py`, for one sequence at a time."""

    def __init__(self, graph: Path | bytes, threads: int = 0) -> None:
        """Load a graph; `threads` 0 takes every core."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        source = str(graph) if isinstance(graph, Path) else graph
        self.session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
        self.outputs = {output.name: output.shape for output in self.session.get_outputs()}
        caches = [item for item in self.session.get_inputs() if item.name.startswith("past_key_values.")]
        self.empty = {
            cache.name: np.zeros(
                [size if isinstance(size, int) else 0 for size in (1, *cache.shape[1:])], np.float32
            )
            for cache in caches
        }
        # The axis along which new columns are to be appended, or None where the graph returns the whole past.
        appends = "new" in self.outputs["present.0.key"]
        self.axis = caches[0].shape.index("past") if appends else None
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
        self.cache = {
            name.replace("present.", "past_key_values."): self.grown(name, value)
            for name, value in results.items()
        }
        self.past += new
        return logits

    def grown(self, output: str, value: Array) -> Array:
        """A cache tensor after a run that returned `value` for it."""
        if self.axis is None:
            return value
        return np.concatenate(
            [self.cache[output.replace("present.", "past_key_values.")], value], axis=self.axis
        )
