"""Models in float32, ready to be exported: from a checkpoint's files, or random ones of an architecture."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError
from transformers import CONFIG_MAPPING, AutoConfig, AutoModelForCausalLM, PretrainedConfig, PreTrainedModel
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint
from transformers.modeling_utils import no_init_weights

from builder.errors import BuildError, RecipeError, SourceError
from builder.families import family_of
from builder.sources.architecture import Architecture, plain
from builder.sources.files import Files
from builder.sources.folder import CONFIG, weight_names

# Numbers beside the weights that tell how to read them: such a checkpoint is no longer in floating point.
QUANTIZED = "quantization_config"


def load_model(files: Files) -> PreTrainedModel:
    """A checkpoint's model in float32, ready for inference.

    Raises SourceError when the files do not hold every weight of their architecture, BuildError for an
    architecture that cannot be built.
    """
    if files.gguf is None:
        return load_folder(files.folder)
    return load_gguf(files.folder / files.gguf)


def load_folder(folder: Path) -> PreTrainedModel:
    """A folder's safetensors, whole or in shards, of whatever precision, as a model in float32.

    Raises SourceError and BuildError.
    """
    config = folder_config(folder)
    weight_names(folder)
    try:
        with quiet():
            model, found = AutoModelForCausalLM.from_pretrained(
                folder,
                config=config,
                dtype=torch.float32,
                local_files_only=True,
                use_safetensors=True,
                output_loading_info=True,
            )
    except (SafetensorError, OSError, RuntimeError, ValueError) as error:
        raise SourceError(
            f"the weights in {folder} cannot be loaded ({type(error).__name__})",
            "fetch the files again; if they are whole, their configuration does not fit them",
        ) from error
    check_complete([*found["unexpected_keys"], *found["missing_keys"]], folder)
    return cast(PreTrainedModel, model.float().eval())


def folder_config(folder: Path) -> PretrainedConfig:
    """The configuration in a folder. Raises SourceError and BuildError."""
    path = folder / CONFIG
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{path} cannot be read ({type(error).__name__})", "fetch the file again"
        ) from error
    if not isinstance(described, dict):
        raise SourceError(f"{path} is no configuration", "fetch the file again")
    return checked_config(with_rotary_settings(described), str(path))


def with_rotary_settings(described: dict[str, Any]) -> dict[str, Any]:
    """A configuration whose rotary settings stand where this version of transformers looks for them: later
    ones write a table of their own, which would pass unnoticed."""
    settings = dict(described)
    rotary = settings.pop("rope_parameters", None)
    if not isinstance(rotary, dict) or "rope_theta" in settings:
        return settings
    settings["rope_theta"] = rotary.get("rope_theta", 10000.0)
    if rotary.get("rope_type", "default") != "default":
        settings["rope_scaling"] = {name: value for name, value in rotary.items() if name != "rope_theta"}
    return settings


def load_gguf(path: Path) -> PreTrainedModel:
    """A GGUF checkpoint as a model in float32. Raises SourceError and BuildError."""
    try:
        described = load_gguf_checkpoint(path, return_tensors=False)["config"]
    except ValueError as error:
        raise SourceError(
            f"{path.name} is no GGUF file that can be read ({type(error).__name__})", "use another checkpoint"
        ) from error
    config = checked_config(described, path.name)
    # The weights come later: until then their memory is never touched.
    with no_init_weights():
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    with quiet():
        tensors = load_gguf_checkpoint(path, return_tensors=True, model_to_load=model)["tensors"]
    result = model.load_state_dict(tensors, strict=False, assign=True)
    tied = {"lm_head.weight"} if config.tie_word_embeddings else set()
    check_complete([*result.unexpected_keys, *sorted(set(result.missing_keys) - tied)], path)
    model.tie_weights()
    return cast(PreTrainedModel, model.float().eval())


def check_complete(wrong: list[str], where: Path) -> None:
    """Raise SourceError where a checkpoint has weights too many or too few."""
    if wrong:
        raise SourceError(
            f"{where.name} does not fit its architecture, first at {wrong[0]!r}", "use another checkpoint"
        )


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
    if settings.get(QUANTIZED):
        raise BuildError(
            f"{where} is of a quantised checkpoint", "use the one in bfloat16, float16 or float32"
        )
    return AutoConfig.for_model(model_type, **settings)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep the loader's progress bar from running across ours."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield
