from __future__ import annotations

import json
from pathlib import Path

import pytest
from tokenizers import normalizers, processors

from builder.errors import BuildError, SourceError
from builder.sources import Files
from builder.tokenizer.file import read_tokenizer_file
from builder.tokenizer.reading import read_tokenizer, serialize_tokenizer
from builder.tokenizer.texts import TEXTS
from tests.builder.sources.folders import byte_tokenizer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A tokenizer with everything that a published one may do to a text besides cutting it."""
    tokenizer = byte_tokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|startoftext|> $A", special_tokens=[("<|startoftext|>", 1)]
    )
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(length=64)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


def change(path: Path, part: str, value: object) -> None:
    said = json.loads(path.read_text())
    said[part] = value
    path.write_text(json.dumps(said), encoding="utf-8")


def test_nothing_is_added_to_a_text_and_nothing_taken_away(path: Path) -> None:
    tokenizer = read_tokenizer_file(path)
    assert tokenizer.encode("Hello").tokens == ["H", "e", "l", "l", "o"]
    assert tokenizer.encode("<|im_start|>").ids == [2]
    for text in TEXTS.values():
        assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_a_folder_gives_its_own_tokenizer(path: Path) -> None:
    tokenizer = read_tokenizer(Files(path.parent))
    said = json.loads(serialize_tokenizer(tokenizer))
    assert said["model"] == json.loads(path.read_text())["model"]
    assert said["added_tokens"] == json.loads(path.read_text())["added_tokens"]


def test_a_folder_without_one_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"neither tokenizer.json nor a GGUF file; put the model's"):
        read_tokenizer(Files(tmp_path))


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("pre_tokenizer", {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}, "on bytes"),
        ("pre_tokenizer", None, "does not work on bytes"),
        ("normalizer", {"type": "Lowercase"}, r"rewrites a text \(Lowercase\)"),
        (
            "normalizer",
            {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Strip"}]},
            r"rewrites a text \(Strip\)",
        ),
        (
            "pre_tokenizer",
            {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
            "puts a blank before a text",
        ),
        ("decoder", {"type": "Fuse"}, r"does not give a text back \(plain\)"),
    ],
)
def test_what_the_engine_could_not_use_is_refused(path: Path, part: str, value: object, said: str) -> None:
    change(path, part, value)
    with pytest.raises(BuildError, match=said):
        read_tokenizer_file(path)


@pytest.mark.parametrize("model", [{"type": "Unigram"}, {"type": "BPE", "byte_fallback": True}])
def test_another_kind_of_tokenizer_names_those_that_do(path: Path, model: dict[str, object]) -> None:
    change(path, "model", model)
    with pytest.raises(BuildError, match="only byte-level BPE is supported, as Llama 3, Qwen"):
        read_tokenizer_file(path)


@pytest.mark.parametrize("text", ["{", "{}", '{"model": {"type": "BPE"}}'])
def test_a_file_that_is_none_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises((SourceError, BuildError), match=r"tokenizer.json (is no tokenizer|has a tokenizer)"):
        read_tokenizer_file(path)
