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

GOLDEN = CHECKOUT / "tests" / "golden"

# Every text is there for one way in which a tokenizer can go wrong.
TEXTS = {
    "plain": "The quick brown fox jumps over the lazy dog.",
    "empty": "",
    "one blank": " ",
    "leading blanks": "   indented, then  two  blanks, and a trailing one ",
    "digits": "0 1 12 123 1234567890 3.14 1,234.56 2024-03-12 +44 20 7946 0018",
    "digits in words": "A4 B2B H2O x86-64 3rd 1990s v1.2.3 ISO9001",
    "amounts": "Total due £291.60 (VAT 20%: £48.60) €1.234,50 $0.99 ¥24,180",
    "contractions": "I'm sure they've said we'll do what he'd done, it's John's; DON'T SHOUT",
    "accents": "Café, naïve, Ærøskøbing, Łódź, Øresund, Ålesund, São Paulo, İstanbul",
    "combining accents": "Cafe\u0301 nai\u0308ve A\u030angstro\u0308m",
    "emoji": "🙂 👍🏽 👩‍👩‍👧‍👦 🇵🇹 ❤️ 🏳️‍🌈",
    "cjk": "京都市中京区3-2-1 陳美玲 서울특별시 東京タワー",
    "right to left": "שלום עולם, مرحبا بالعالم ١٢٣",
    "other scripts": "Москва Ελλάδα हिन्दी ไทย ქართული",
    "newlines": "one\ntwo\n\nthree\r\nfour\n\n\n\nfive\n",
    "tabs": "a\tb\t\tc\n\td\n\t\te",
    "unusual blanks": "no\u00a0break thin\u2009space zero\u200bwidth ideographic\u3000space\u2028line",
    "punctuation": "!!! ... --- ___ *** ((())) [[]] {{}} <<>> ~~ `` '' \"\" \\\\ // @#$%^&*",
    "table row": "Oak shelf, 1200 mm        2    £64.50    £129.00",
    "ruler": "-" * 40 + "\n" + "=" * 40,
    "json": '{"name": "Ada", "tags": ["a", "b"], "age": 36, "active": true, "note": null}',
    "json with escapes": '{"text": "line\\nbreak \\"quoted\\" \\u00e9 \\\\ path"}',
    "values after a colon": '- name: "Ada"\n- age: 36\n- tags: ["a","b"]\n- note: null',
    "mail": "From: Jonas <jonas.lindqvist@nordhamn.example>\nSubject: Re: Two rooms (ref KH-55120)",
    "url": "https://example.org/a/b?c=d&e=%20f#g",
    "code": "def f(x):\n    return x ** 2  # square\n",
    "special token": "before <|im_end|> after",
    "special tokens close together": "<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n",
    "almost a special token": "<|im_end| > <|im_end <im_end|> <|IM_END|>",
    "rare bytes": "\u0000\u0001\u007f\u0080\ufeff\ufffd\U0001f9ff\U000e0001",
    "long word": "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
}


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
