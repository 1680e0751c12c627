"""The float32 ONNX graph of a checkpoint, exported by optimum from a decoder written for the graph.

Transformers' own `forward` traces into a graph with a mask built from chains of Shape, Gather and Where and a
copy of the whole cache for each group of query heads in every layer; its short convolution takes one way or
another by a value that tracing freezes. `GraphDecoder` (builder/decoder) holds the same weights and computes
the same function with what a runtime likes: one product for query, key and value, one for gate and up, mask
and rotary tables computed once, and query heads stacked on the rows of their key head, so that the cache is
never repeated.

Contract of the graph (B batch, N new tokens, P past tokens, K logits kept, L the number of a layer):
    in   input_ids [B, N] int64 · attention_mask [B, P+N] int64 · position_ids [B, N] int64
         past_key_values.L.key/value [B, kv_heads, P, head_dim] float32, of layers with attention
         past_conv.L [B, hidden, P] float32, of layers with a short convolution
         num_logits_to_keep [] int64
    out  logits [B, K, vocab] float32 · present.L.key/value [B, kv_heads, P+N, head_dim] float32
         present_conv.L [B, hidden, P+N] float32
K counts from the end; 0 keeps every position. Every cache grows by whole tokens, so that tokens are taken
back by cutting it.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnx
import torch
from optimum.exporters.onnx.config import TextDecoderOnnxConfig
from optimum.exporters.onnx.convert import export_pytorch
from optimum.utils.normalized_config import NormalizedTextConfig
from transformers.utils import logging as transformers_logging

from builder.decoder.decoder import GraphDecoder
from builder.errors import BuildError
from builder.export.operators import EXPORT_OPSET, WINDOW_NOTE, declare_outputs, use_standard_operators

__all__ = ["GraphDecoder", "export_graph"]

# The largest message that protobuf writes has 2 GB; what is larger keeps its weights in a file beside it.
LARGEST_FILE = 1_900_000_000


class GraphConfig(TextDecoderOnnxConfig):  # type: ignore[misc]
    """Optimum's export configuration for any family, with the contract's axes and inputs."""

    NORMALIZED_CONFIG_CLASS = NormalizedTextConfig

    def __init__(self, decoder: GraphDecoder) -> None:
        """Describe a decoder."""
        super().__init__(decoder.config, task="text-generation", use_past=True, use_past_in_inputs=True)
        self.decoder = decoder

    @property
    def inputs(self) -> dict[str, dict[int, str]]:
        """Names and dynamic axes of the inputs."""
        return {
            "input_ids": {0: "batch", 1: "new"},
            "attention_mask": {0: "batch", 1: "past+new"},
            "position_ids": {0: "batch", 1: "new"},
            **self.cache_axes("past_key_values", "past_conv", "past"),
            "num_logits_to_keep": {},
        }

    @property
    def outputs(self) -> dict[str, dict[int, str]]:
        """Names and dynamic axes of the outputs."""
        grown = self.cache_axes("present", "present_conv", "past+new")
        return {"logits": {0: "batch", 1: "kept"}, **grown}

    def cache_axes(self, attention: str, convolution: str, length: str) -> dict[str, dict[int, str]]:
        """Dynamic axes of every cache tensor: keys and values, then the convolutions' inputs."""
        layers = self.decoder.attentions()
        names = [f"{attention}.{number}.{part}" for number in layers for part in ("key", "value")]
        names += [f"{convolution}.{number}" for number in self.decoder.convolutions()]
        return {name: {0: "batch", 2: length} for name in names}

    def generate_dummy_inputs(self, framework: str = "pt", **shapes: int) -> dict[str, Any]:
        """Example inputs for tracing: a past, several new tokens and more than one logit."""
        batch, past, new = 2, 5, 4
        keys_and_values, convolved = self.decoder.empty_past(batch, past)
        inputs = {
            "input_ids": torch.zeros((batch, new), dtype=torch.int64),
            "attention_mask": torch.ones((batch, past + new), dtype=torch.int64),
            "position_ids": torch.arange(past, past + new).expand(batch, -1),
            "past_key_values": keys_and_values,
            "num_logits_to_keep": torch.tensor(2),
        }
        return inputs | ({"past_conv": tuple(convolved)} if convolved else {})


def export_graph(decoder: GraphDecoder, path: Path) -> None:
    """Write the float32 graph of a decoder to `path`; above 1.9 GB its weights stand beside it.

    Raises BuildError when the exporter fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with quiet_exporter():
        try:
            export_pytorch(decoder, GraphConfig(decoder), EXPORT_OPSET, path)
        except (RuntimeError, ValueError, TypeError) as error:
            raise BuildError(
                f"optimum could not export the checkpoint: {error}", "see the cause above"
            ) from error
    exported = onnx.load(path)
    use_standard_operators(exported)
    declare_outputs(exported, decoder.vocab_size)
    note_windows(exported, decoder)
    save_graph(exported, path)


def note_windows(model: onnx.ModelProto, decoder: GraphDecoder) -> None:
    """Note, in place, which layers see a window only."""
    windows = {number: mixer.window for number, mixer in decoder.attentions().items() if mixer.window}
    if windows:
        note = " ".join(f"{number}:{window}" for number, window in windows.items())
        model.metadata_props.add(key=WINDOW_NOTE, value=note)


def save_graph(model: onnx.ModelProto, path: Path) -> None:
    """Write a graph, its weights in a file beside it where it is too large for one."""
    beside = path.with_name(f"{path.name}_data")
    beside.unlink(missing_ok=True)
    large = model.ByteSize() > LARGEST_FILE
    onnx.save(model, path, save_as_external_data=large, location=beside.name if large else None)


@contextlib.contextmanager
def quiet_exporter() -> Iterator[None]:
    """Keep the tracer's warnings (constants it folds, its own deprecation) off the console."""
    verbosity = transformers_logging.get_verbosity()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        transformers_logging.set_verbosity_error()
        try:
            yield
        finally:
            transformers_logging.set_verbosity(verbosity)
