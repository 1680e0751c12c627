from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from builder.errors import BuildError, SourceError
from builder.golden import GOLDEN, golden_files
from builder.tokenizer.reading import Vocabulary, build_tokenizer, read_vocabulary, serialize_tokenizer
from builder.tokenizer.texts import TEXTS


@pytest.fixture(scope="module")
def vocabulary(gguf: Path) -> Vocabulary:
    return read_vocabulary(gguf)


@pytest.fixture(scope="module")
def tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    return build_tokenizer(vocabulary)


def test_the_vocabulary_is_whole(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.tokens) == 49152
    assert vocabulary.special[:3] == ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    assert vocabulary.pre_tokenizer == "smollm"


def test_digits_are_cut_one_by_one(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("2024").tokens == ["2", "0", "2", "4"]
    assert tokenizer.encode("pay 42 now").tokens == ["pay", "Ġ", "4", "2", "Ġnow"]


def test_the_end_of_a_turn_is_one_token(tokenizer: Tokenizer) -> None:
    assert tokenizer.token_to_id("<|im_end|>") == 2
    assert tokenizer.encode("<|im_start|>user\n").ids[0] == 1
    assert 2 in tokenizer.encode("x<|im_end|>").ids


def test_nothing_is_added_before_or_after(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("Hello").tokens == ["Hello"]
    assert tokenizer.decode(tokenizer.encode("Hello").ids) == "Hello"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_golden_text_comes_back(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


# Bytes that SmolLM2 never learnt: six control characters and the first bytes of planes 4 to 11.
UNKNOWN_CONTROLS = "\x04\x06\x13\x14\x16\x1d"
KNOWN = st.one_of(
    st.characters(max_codepoint=0x3FFFF, exclude_characters=UNKNOWN_CONTROLS, exclude_categories=["Cs"]),
    st.characters(min_codepoint=0xC0000),
)


@given(text=st.text(KNOWN, max_size=80))
def test_any_text_comes_back(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


@pytest.mark.parametrize("unknown", UNKNOWN_CONTROLS)
def test_a_byte_without_a_token_is_left_out(tokenizer: Tokenizer, unknown: str) -> None:
    assert tokenizer.encode(f"a{unknown}b").tokens == ["a", "b"]


def test_the_file_is_read_back_as_the_same_tokenizer(tokenizer: Tokenizer) -> None:
    data = serialize_tokenizer(tokenizer)
    again = Tokenizer.from_str(data.decode())
    assert serialize_tokenizer(again) == data
    assert all(again.encode(text).ids == tokenizer.encode(text).ids for text in TEXTS.values())


def test_the_golden_file_is_what_the_sources_make(tokenizer: Tokenizer) -> None:
    for name, content in golden_files(tokenizer).items():
        assert (GOLDEN / name).read_bytes() == content, "run `python -m builder.golden`"


def test_a_special_token_in_a_document_is_text() -> None:
    cases = {case["name"]: case for case in json.loads((GOLDEN / "tokenizer.json").read_text())["cases"]}
    assert 2 in cases["special token"]["ids"]
    assert not set(cases["special token"]["ids_as_text"]) & set(range(17))


def test_an_unknown_pre_tokenizer_is_refused() -> None:
    with pytest.raises(BuildError, match="'llama-bpe' is not known"):
        build_tokenizer(Vocabulary(("a",), (1,), (), "llama-bpe"))


def test_every_kind_of_token_counts(vocabulary: Vocabulary) -> None:
    small = dataclasses.replace(vocabulary, tokens=("a", "<x>", "<y>"), kinds=(1, 3, 4), merges=())
    assert small.special == ["<x>", "<y>"]


def test_a_file_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    from gguf import GGUFWriter

    path = tmp_path / "bare.gguf"
    writer = GGUFWriter(path, "llama")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    with pytest.raises(SourceError, match=r"bare.gguf has no tokenizer.ggml.model"):
        read_vocabulary(path)
