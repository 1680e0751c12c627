"""Text to token ids as the engine does it: a document and a branch are plain text, the prompt's parts may
hold special tokens."""

from __future__ import annotations

import json

from tokenizers import Tokenizer


class Vocabulary:
    """The two readings of one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take the bundle's byte-level tokenizer."""
        self.prompt = tokenizer
        described = json.loads(tokenizer.to_str())
        self.plain = Tokenizer.from_str(json.dumps({**described, "added_tokens": []}))
        self.bytes_of = byte_tokens(tokenizer)

    def encode(self, text: str) -> list[int]:
        """The canonical tokens of a text, special tokens read as text."""
        return list(self.plain.encode(text, add_special_tokens=False).ids)

    def encode_prompt(self, text: str) -> list[int]:
        """The tokens of a part of the prompt, where special tokens mean what they say."""
        return list(self.prompt.encode(text, add_special_tokens=False).ids)


def byte_tokens(tokenizer: Tokenizer) -> list[bytes]:
    """The bytes of each token by its id; none for special tokens, which no text may hold."""
    alphabet = byte_alphabet()
    special = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
    names = [tokenizer.id_to_token(index) or "" for index in range(tokenizer.get_vocab_size())]
    return [b"" if name in special else bytes(alphabet[character] for character in name) for name in names]


def byte_alphabet() -> dict[str, int]:
    """The byte-level alphabet of GPT-2: every byte as one printable character."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {
        chr(256 + index): byte for index, byte in enumerate(others)
    }
