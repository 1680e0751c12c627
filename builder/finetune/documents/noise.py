"""Disturbances of a text: case, misread letters, spacing, lost punctuation.

Each one is a function of the text alone that acts in the same way on a value inside the text,
so that the gold is

hat stands in the disturbed text. Misread words are chosen once for each word of the document for this reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from random import Random

Change = Callable[[str], str]
WORD = re.compile(r"[A-Za-z0-9]+")
MISREAD = (
    ("rn", "m"), ("m", "rn"), ("l", "1"), ("I", "l"), ("O", "0"), ("0", "O"), ("5", "S"), ("S", "5"), ("e",
    "c"),
    ("B", "8"), ("1", "l"), ("cl", "d"), ("h", "b"), ("u", "v"), ("i", "j"), ("g", "9"), ("a", "o"), ("t",
    "f"),
)  # fmt: skip


def choose(rng: Random, words: Collection[str], keep: Collection[str]) -> list[Change]:
    """Up to two disturbances for a document with these words; the words in `keep` are not misread."""
    roll = rng.random()
    if roll < 0.6:
        return []
    if roll < 0.68:
        return [str.upper]
    if roll < 0.72:
        return [str.lower]
    if roll < 0.86:
        spaced = [loose_spacing(rng)] if rng.random() < 0.3 else []
        return [misreading(rng, words, keep), *([str.upper] if rng.random() < 0.3 else []), *spaced]
    return [rng.choice((loose_spacing(rng), one_line, no_colons, double_spaced, indented(rng)))]


def choose_for_speech(rng: Random) -> list[Change]:
    """Speech is mostly written down in lower case and without punctuation at the end."""
    return [] if rng.random() < 0.35 else [str.lower]


def misreading(rng: Random, words: Collection[str], keep: Collection[str]) -> Change:
    """A recogniser that misreads a few of the words, each always in the same way."""
    rate = rng.uniform(0.02, 0.12)
    wrong: dict[str, str] = {}
    for word in sorted(set(words) - set(keep)):
        if rng.random() < rate:
            wrong[word] = misread(rng, word)
    return lambda text: WORD.sub(lambda match: wrong.get(match[0], match[0]), text)


def misread(rng: Random, word: str) -> str:
    """One letter of the word read as another one."""
    possible = [pair for pair in MISREAD if pair[0] in word]
    if not possible:
        return word
    letter, other = rng.choice(possible)
    return word.replace(letter, other, 1)


def loose_spacing(rng: Random) -> Change:
    """Single blanks become several in some lines."""
    width = rng.randint(2, 3)
    every = rng.randint(1, 4)
    return lambda text: "\n".join(
        line.replace(" ", " " * width) if number % every == 0 else line
        for number, line in enumerate(text.split("\n"))
    )


def one_line(text: str) -> str:
    """The whole document in one line, as a careless copy gives it."""
    return re.sub(r"\s*\n\s*", " ", text)


def no_colons(text: str) -> str:
    """The colons behind labels are lost."""
    return re.sub(r":(?=\s)", "", text)


def double_spaced(text: str) -> str:
    """An empty line after each line."""
    return text.replace("\n", "\n\n")


def indented(rng: Random) -> Change:
    """Every line begins with blanks."""
    margin = " " * rng.randint(1, 8)
    return lambda text: "\n".join(margin + line if line else line for line in text.split("\n"))
