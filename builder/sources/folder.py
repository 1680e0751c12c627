"""A folder in the layout of transformers: which files make up its checkpoint, and whether all are there."""

from __future__ import annotations

import json
from pathlib import Path

from builder.errors import SourceError

CONFIG = "config.json"
TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"
SHARD_INDEX = "model.safetensors.index.json"


def checkpoint_names(folder: Path) -> list[str]:
    """The names of all files that make up a folder's checkpoint, sorted. Raises SourceError for a missing
    one."""
    for name, what in ((CONFIG, "the model's configuration"), (TOKENIZER, "the model's tokenizer")):
        if not (folder / name).is_file():
            raise SourceError(f"{folder} has no {name}", f"put {what} there, as transformers saves it")
    return sorted([CONFIG, TOKENIZER, *weight_names(folder)])


def weight_names(folder: Path) -> list[str]:
    """The names of the files that hold a folder's weights. Raises SourceError for a missing one."""
    if (folder / WEIGHTS).is_file():
        return [WEIGHTS]
    if not (folder / SHARD_INDEX).is_file():
        raise SourceError(
            f"{folder} has neither {WEIGHTS} nor {SHARD_INDEX}",
            "put the weights there as safetensors; other formats are not read",
        )
    shards = shards_of(folder / SHARD_INDEX)
    if missing := [name for name in shards if not (folder / name).is_file()]:
        raise SourceError(
            f"{folder} lacks {missing[0]}, which {SHARD_INDEX} names ({len(missing)} of {len(shards)} shards "
            "are missing)",
            "fetch the missing shards into the folder",
        )
    return [SHARD_INDEX, *shards]


def shards_of(index: Path) -> list[str]:
    """The names of the shards that an index names, sorted. Raises SourceError for an index that is none."""
    try:
        places = json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()
        names = sorted(set(places))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{index} is no index of shards", "fetch the file again") from error
    if wrong := [name for name in names if not isinstance(name, str) or Path(name).name != name]:
        raise SourceError(
            f"{index} names the shard {wrong[0]!r}", "use a checkpoint whose shards lie beside it"
        )
    return names
