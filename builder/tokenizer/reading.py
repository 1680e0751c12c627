"""The tokenizer of a checkpoint: its own tokenizer.json, or one rebuilt from a GGUF file's metadata.

The tokenizer that transformers derives from such a file is wrong for SmolLM2 (end token, decoder, digits,
clean-up of spaces), so it is put together here from what the file says of itself: the vocabulary, the merges,
the kinds of tokens, and the name of the pre-tokenizer.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gguf import GGUFReader
from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel, PreTokenizer, Sequence, Split

from builder.canonical import canonical_json
from builder.errors import BuildError, SourceError
from builder.sources import Files
from builder.sources.folder import TOKENIZER
from builder.tokenizer.file import read_tokenizer_file

VOCABULARY_FIELDS = ("model", "pre", "tokens", "token_type", "merges")
CONTROL_TOKEN = 3
USER_DEFINED_TOKEN = 4


def smollm_pre_tokenizer() -> PreTokenizer:
    """Digits one by one, then words as GPT-2 cuts them.

    The split is that of `Digits(individual_digits=True)`, written out: the browser's tokenizer takes `Digits`
    for ASCII digits only, while SmolLM2 was trained on digits of every script cut apart.
    """
    digits = Split(Regex(r"\p{N}"), behavior="isolated")
    return Sequence([digits, ByteLevel(add_prefix_space=False, use_regex=True)])


# By the name under `tokenizer.ggml.pre`. A name that is not here is refused: a wrong cut is silent and
# costly.
PRE_TOKENIZERS: dict[str, Callable[[], PreTokenizer]] = {"smollm": smollm_pre_tokenizer}


@dataclass(frozen=True)
class Vocabulary:
    """What a GGUF file says of its tokenizer."""

    tokens: tuple[str, ...]
    kinds: tuple[int, ...]
    merges: tuple[str, ...]
    pre_tokenizer: str
    bos: int | None = None
    eos: int | None = None

    @property
    def special(self) -> list[str]:
        """Control and user-defined tokens, never merged from text, in the order of their ids."""
        apart = (CONTROL_TOKEN, USER_DEFINED_TOKEN)
        return [token for token, kind in zip(self.tokens, self.kinds, strict=True) if kind in apart]


def read_tokenizer(files: Files) -> Tokenizer:
    """The tokenizer of a checkpoint: its `tokenizer.json` where it has one. Raises SourceError and
    BuildError."""
    path = files.folder / TOKENIZER
    if path.is_file():
        return read_tokenizer_file(path)
    return build_tokenizer(read_vocabulary(gguf_of(files)))


def special_ids(files: Files) -> dict[str, int | None]:
    """A GGUF checkpoint's special tokens, by their names in a configuration. Raises SourceError."""
    vocabulary = read_vocabulary(gguf_of(files))
    return {"bos_token_id": vocabulary.bos, "eos_token_id": vocabulary.eos, "pad_token_id": vocabulary.eos}


def gguf_of(files: Files) -> Path:
    """A checkpoint's GGUF file. Raises SourceError where it has none."""
    if files.gguf is None:
        raise SourceError(
            f"{files.folder} has neither {TOKENIZER} nor a GGUF file", "put the model's tokenizer.json there"
        )
    return files.folder / files.gguf


@functools.cache
def read_vocabulary(path: Path) -> Vocabulary:
    """Read the tokenizer's metadata of a GGUF file.

    Raises SourceError when a part is missing and BuildError for another kind of tokenizer than byte-level
    BPE.
    """
    fields = GGUFReader(path).fields
    prefix = "tokenizer.ggml."
    if missing := [name for name in VOCABULARY_FIELDS if prefix + name not in fields]:
        raise SourceError(
            f"{path.name} has no {prefix}{missing[0]}", "use a GGUF file that carries its tokenizer"
        )
    found = {name: fields[prefix + name].contents() for name in VOCABULARY_FIELDS}

    def special(name: str) -> int | None:
        field = fields.get(f"{prefix}{name}_token_id")
        return None if field is None else int(field.contents())

    if found["model"] != "gpt2":
        raise BuildError(
            f"{path.name} has a tokenizer of kind {found['model']!r}", "only byte-level BPE is supported"
        )
    return Vocabulary(
        tokens=tuple(found["tokens"]),
        kinds=tuple(found["token_type"]),
        merges=tuple(found["merges"]),
        pre_tokenizer=found["pre"],
        bos=special("bos"),
        eos=special("eos"),
    )


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A byte-level BPE tokenizer that adds nothing of its own to a text.

    Raises BuildError for a pre-tokenizer that is not known here.
    """
    if vocabulary.pre_tokenizer not in PRE_TOKENIZERS:
        raise BuildError(
            f"the pre-tokenizer {vocabulary.pre_tokenizer!r} is not known",
            "put the model's tokenizer.json beside the GGUF file, or add the name to PRE_TOKENIZERS in "
            "builder/tokenizer/reading.py",
        )
    ids = {token: index for index, token in enumerate(vocabulary.tokens)}
    merges = [(left, right) for left, _, right in (merge.partition(" ") for merge in vocabulary.merges)]
    tokenizer = Tokenizer(BPE(vocab=ids, merges=merges))
    tokenizer.pre_tokenizer = PRE_TOKENIZERS[vocabulary.pre_tokenizer]()
    tokenizer.decoder = ByteLevelDecoder()
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in vocabulary.special]
    )
    return tokenizer


def serialize_tokenizer(tokenizer: Tokenizer) -> bytes:
    """The bytes of tokenizer.json, canonical."""
    return canonical_json(json.loads(tokenizer.to_str()))
