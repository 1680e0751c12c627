"""Golden files: what Python makes of an input, for the browser to replay.

`python -m builder.golden` writes them to tests/golden; a test compares them with what the sources make today.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer
from tokenizers.pre_tokenizers import ByteLevel, Sequence, Split

from builder.canonical import canonical_json
from builder.pipeline import CACHE, CHECKOUT
from builder.recipe import DEFAULT_RECIPE, load_recipe
from builder.tokenizer.reading import read_tokenizer
from builder.tokenizer.texts import TEXTS

GOLDEN = CHECKOUT / "tests" / "golden"


def tokenizer_cases(tokenizer: Tokenizer) -> list[dict[str, object]]:
    """Each text with its ids: as a prompt's part, where special tokens are read, and as plain text.

    A document is plain text: a special token that is written in it must not end the prompt.
    """
    cases = []
    for name, text in TEXTS.items():
        tokenizer.encode_special_tokens = False
        as_prompt = tokenizer.encode(text, add_special_tokens=False).ids
        tokenizer.encode_special_tokens = True
        as_text = tokenizer.encode(text, add_special_tokens=False).ids
        cases.append({"name": name, "text": text, "ids": as_prompt, "ids_as_text": as_text})
    tokenizer.encode_special_tokens = False
    return cases


def default_tokenizer(cache: Path = CACHE) -> Tokenizer:
    """The tokenizer of the default recipe, from its checkpoint."""
    return read_tokenizer(load_recipe(DEFAULT_RECIPE).source.fetch(cache))


# How other families cut a text before its pieces are looked up; the digits of one piece differ.
CUT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|DIGITS| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)
CUTS = {"Llama 3 and LFM2": r"\p{N}{1,3}", "Qwen": r"\p{N}"}


# A token that only these cuts can come to: a full stop and the line end behind it.
JOINED = (".", "\u010a")


def cut_cases(tokenizer: Tokenizer) -> list[dict[str, object]]:
    """The cases under the cuts of other families, what the browser's regular expressions make of them; the
    vocabulary is the same with one more token."""
    found: list[dict[str, object]] = []
    for name, digits in CUTS.items():
        other = Tokenizer.from_str(json.dumps(with_token(json.loads(tokenizer.to_str()), JOINED)))
        split = Split(Regex(CUT.replace("DIGITS", digits)), behavior="isolated")
        other.pre_tokenizer = Sequence([split, ByteLevel(add_prefix_space=False, use_regex=False)])
        cut = {"cut": name, "joined": JOINED, "pre_tokenizer": json.loads(other.to_str())["pre_tokenizer"]}
        found += [cut | case for case in tokenizer_cases(other)]
    return found


def with_token(described: dict[str, Any], joined: tuple[str, str]) -> dict[str, Any]:
    """A tokenizer's description with one more token, made of two."""
    model = described["model"]
    vocab = model["vocab"] | {"".join(joined): len(model["vocab"])}
    return described | {"model": model | {"vocab": vocab, "merges": [*model["merges"], list(joined)]}}


def golden_files(tokenizer: Tokenizer) -> dict[str, bytes]:
    """The content of every golden file by its name."""
    files = {"tokenizer.json": tokenizer_cases(tokenizer), "cuts.json": cut_cases(tokenizer)}
    return {name: lines_of(cases) for name, cases in files.items()}


def lines_of(cases: list[dict[str, object]]) -> bytes:
    """Cases as JSON, one a line: a change shows as the lines it concerns."""
    return b'{"cases":[\n' + b",\n".join(map(canonical_json, cases)) + b"\n]}\n"


def main() -> None:
    """Write every golden file."""
    for name, content in golden_files(default_tokenizer()).items():
        (GOLDEN / name).write_bytes(content)


if __name__ == "__main__":
    main()
