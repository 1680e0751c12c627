"""A float32 graph in the cache and what the manifest says of it, kept as a file beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.bundle.manifest import CacheTensor, Model
from builder.canonical import canonical_json
from builder.records import read_record

if TYPE_CHECKING:
    from builder.decoder.decoder import GraphDecoder


@dataclass(frozen=True)
class Description:
    """What the manifest says of a graph."""

    model: Model
    cache: tuple[CacheTensor, ...]


@dataclass(frozen=True)
class FloatGraph:
    """A float32 graph and its description."""

    path: Path
    description: Description


def describe(decoder: GraphDecoder, architecture: str) -> Description:
    """The description of a decoder; `architecture` is its model's class."""
    config = decoder.config
    convolutions = decoder.convolutions().values()
    return Description(
        Model(
            architecture=architecture,
            vocab_size=decoder.vocab_size,
            max_positions=config.max_position_embeddings,
            bos_token_id=config.bos_token_id,
            eos_token_id=first(config.eos_token_id),
            window=max((window for window in decoder.windows() if window is not None), default=None),
            reach=max((mixer.kernel.shape[1] - 1 for mixer in convolutions), default=0),
        ),
        cache_tensors(decoder),
    )


def first(token: int | list[int]) -> int:
    """The first of several tokens that end a text."""
    return token[0] if isinstance(token, list) else token


def cache_tensors(decoder: GraphDecoder) -> tuple[CacheTensor, ...]:
    """Every tensor of the cache in the order of the graph's inputs: keys and values, then convolutions."""
    attentions = [
        CacheTensor(
            f"past_key_values.{layer}.{part}",
            f"present.{layer}.{part}",
            ("batch", "past", mixer.shape.kv_heads, mixer.shape.size),
            "float32",
            "columns",
        )
        for layer, mixer in decoder.attentions().items()
        for part in ("key", "value")
    ]
    convolutions = [
        CacheTensor(
            f"past_conv.{layer}",
            f"present_conv.{layer}",
            ("batch", "past", len(mixer.kernel)),
            "float32",
            "before",
        )
        for layer, mixer in decoder.convolutions().items()
    ]
    return (*attentions, *convolutions)


def write_description(path: Path, description: Description) -> None:
    """Write the file beside a graph."""
    path.with_suffix(".json").write_bytes(canonical_json(asdict(description)))


def read_float_graph(path: Path) -> FloatGraph | None:
    """A graph with its description; None where that is missing or of another form."""
    try:
        said = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return FloatGraph(path, read_record(Description, said))
    except (OSError, ValueError):
        return None
