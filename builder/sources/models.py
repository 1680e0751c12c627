"""Models in float32, ready to be exported: from a checkpoint's files, or random ones of an architecture."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import torch
from transformers import CONFIG_MAPPING, AutoConfig, AutoModelForCausalLM, PretrainedConfig, PreTrainedModel
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint
from transformers.modeling_utils import no_init_weights

from builder.errors import BuildError, RecipeError, SourceError
from builder.families import family_of
from builder.sources.architecture import Architecture, plain
from builder.sources.files import Files


def load_model(files: Files) -> PreTrainedModel:
    """A checkpoint's model in float32, ready for inference.

    Raises SourceError when the files do not hold every weight of their architecture, BuildError for an
    architecture that cannot be built.
    """
    if files.gguf is None:
        raise BuildError(f"{files.folder} holds no GGUF file", "use a GGUF checkpoint")
    return load_gguf(files.folder / files.gguf)


def load_gguf(path: Path) -> PreTrainedModel:
    """A GGUF checkpoint as a transformers model in float32. Raises SourceError and BuildError."""
    described = load_gguf_checkpoint(path, return_tensors=False)["config"]
    config = checked_config(described, path.name)
    # The weights come later: until then their memory is never touched.
    with no_init_weights():
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    with quiet():
        tensors = load_gguf_checkpoint(path, return_tensors=True, model_to_load=model)["tensors"]
    result = model.load_state_dict(tensors, strict=False, assign=True)
    tied = {"lm_head.weight"} if config.tie_word_embeddings else set()
    if wrong := [*result.unexpected_keys, *sorted(set(result.missing_keys) - tied)]:
        raise SourceError(
            f"{path.name} does not fit its architecture, first at {wrong[0]!r}", "use another checkpoint"
        )
    model.tie_weights()
    return cast(PreTrainedModel, model.float().eval())


def random_model(architecture: Architecture, seed: int, special: Mapping[str, int | None]) -> PreTrainedModel:
    """A model of an architecture with random weights, the same ones for the same seed.

    `special` are the ids of the lent tokenizer's special tokens (`bos_token_id`, ...), which replace the
    architecture's own. Raises RecipeError for a setting that the architecture does not know.
    """
    config = architecture_config(architecture)
    for name, value in special.items():
        setattr(config, name, value)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    return cast(PreTrainedModel, model.eval())


def architecture_config(architecture: Architecture) -> PretrainedConfig:
    """A recipe's architecture as a configuration. Raises RecipeError and BuildError."""
    settings = plain(architecture)
    model_type = str(settings.pop("model_type", None))
    family_of(model_type)
    known = CONFIG_MAPPING[model_type]().to_dict()
    if unknown := sorted(set(settings) - set(known)):
        raise RecipeError(
            f"architecture.{unknown[0]} is not a setting of {model_type!r} models",
            "correct the recipe; the names are those of the model's config.json",
        )
    return AutoConfig.for_model(model_type, **settings)


def checked_config(described: Mapping[str, Any], where: str) -> PretrainedConfig:
    """The configuration that a checkpoint describes. Raises BuildError for one that cannot be built."""
    settings = dict(described)
    model_type = settings.pop("model_type", None)
    if not isinstance(model_type, str):
        raise BuildError(f"{where} names no model_type", "use a checkpoint in the layout of transformers")
    family_of(model_type)
    return AutoConfig.for_model(model_type, **settings)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep the loader's progress bar from running across ours."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
