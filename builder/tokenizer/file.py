"""`tokenizer.json` as a checkpoint brings it, made to add nothing of its own to a text.

The engine puts a prompt together from parts, each read by itself, and copies a document's bytes: so what
would add tokens (a template around each text), cut or fill a text, or write it in another form is left out.
Only byte-level BPE can be used, since the engine masks tokens by their bytes. Texts that are hard on
tokenizers have to come back as they were.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from builder.errors import BuildError, SourceError
from builder.tokenizer.texts import TEXTS

# What a tokenizer may do to a text besides cutting it, and what is left out without a loss: composing accents
# only changes texts that are not composed, and those are to be copied as they are.
LEFT_OUT = ("truncation", "padding", "post_processor", "normalizer")
HARMLESS_NORMALIZERS = ("NFC",)
USE_ANOTHER = "only byte-level BPE is supported, as Llama 3, Qwen, SmolLM2, Granite and LFM2 have it"


def read_tokenizer_file(path: Path) -> Tokenizer:
    """The tokenizer in a file. Raises SourceError where it cannot be read, BuildError where the engine could
    not use it."""
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_str(json.dumps(plain_description(described, path)))
    except BuildError:
        raise
    except Exception as error:  # what the library raises has no narrower type
        raise SourceError(
            f"{path} is no tokenizer that can be read ({type(error).__name__})", "fetch the file again"
        ) from error
    check_texts(tokenizer, path)
    return tokenizer


def plain_description(described: dict[str, Any], path: Path) -> dict[str, Any]:
    """The description without what would change a text. Raises BuildError for another kind of tokenizer."""
    kind = described["model"]["type"]
    if kind != "BPE" or described["model"].get("byte_fallback"):
        raise BuildError(f"{path} has a {kind} tokenizer with no token for every byte", USE_ANOTHER)
    steps = steps_of(described.get("pre_tokenizer"))
    if not any(step["type"] == "ByteLevel" for step in steps):
        raise BuildError(f"{path} has a tokenizer that does not work on bytes", USE_ANOTHER)
    if any(step.get("add_prefix_space") for step in steps):
        raise BuildError(f"{path} has a tokenizer that puts a blank before a text", "use another checkpoint")
    for step in steps_of(described.get("normalizer")):
        if step["type"] not in HARMLESS_NORMALIZERS:
            raise BuildError(
                f"{path} has a tokenizer that rewrites a text ({step['type']})", "use another checkpoint"
            )
    return described | dict.fromkeys(LEFT_OUT)


def steps_of(part: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The steps of a normaliser or a pre-tokenizer, those of sequences one by one."""
    if part is None:
        return []
    inner = part.get("pretokenizers") or part.get("normalizers")
    return [part] if inner is None else [step for one in inner for step in steps_of(one)]


def check_texts(tokenizer: Tokenizer, path: Path) -> None:
    """Raise BuildError where a text does not come back from its tokens."""
    for name, text in TEXTS.items():
        found = tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False)
        if found != text:
            raise BuildError(
                f"{path} has a tokenizer that does not give a text back ({name})",
                "use the tokenizer.json that the model was published with",
            )
