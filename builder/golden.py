"""Golden files: what Python makes of an input, for the browser to replay.

`python -m builder.golden` writes them to tests/golden; a test compares them with what the sources make today.
"""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from builder.canonical import canonical_json
from builder.pipeline import CACHE, CHECKOUT
from builder.recipe import DEFAULT_RECIPE, load_recipe
from builder.tokenizer import read_tokenizer
from builder.tokenizer_texts import TEXTS

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


def golden_files(tokenizer: Tokenizer) -> dict[str, bytes]:
    """The content of every golden file by its name."""
    cases = [canonical_json(case) for case in tokenizer_cases(tokenizer)]
    # One case a line: a change shows as the lines it concerns.
    return {"tokenizer.json": b'{"cases":[\n' + b",\n".join(cases) + b"\n]}\n"}


def main() -> None:
    """Write every golden file."""
    for name, content in golden_files(default_tokenizer()).items():
        (GOLDEN / name).write_bytes(content)


if __name__ == "__main__":
    main()
