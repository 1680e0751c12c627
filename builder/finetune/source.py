"""The document as the engine's constraints see it: the Python side of `web/src/engine/source.ts`.

Runs of white space count as one blank and every character is escaped as inside a JSON string. A value begins
and ends at word boundaries, never begins with a mark that closes or parts, never ends with one that opens or
announces. Graphemes are approximated: marks, joiners and what follows a joiner belong to the character
before them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

MAX_VALUE_BYTES = 1024
# Full-width marks by their names, so that nobody takes them for their narrow likes.
WIDE = "\N{FULLWIDTH COMMA}\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH COLON}"
CLOSING = frozenset(
    ",;:!?)]}、。】」』"
    + WIDE
    + "\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}\N{FULLWIDTH RIGHT PARENTHESIS}"
)
OPENING = frozenset(",;:([{、【「『" + WIDE + "\N{FULLWIDTH LEFT PARENTHESIS}")
JOINER = "\u200d"
# White space as ECMAScript's \s counts it.
BLANKS = frozenset("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") | {
    chr(c) for c in range(0x2000, 0x200B)
}
BLANK_RUN = re.compile(f"[{''.join(sorted(BLANKS))}]+")
# Scripts without blanks between words: every grapheme stands by itself.
UNSPACED = ("CJK ", "HIRAGANA", "KATAKANA", "THAI ", "LAO ", "KHMER ", "MYANMAR ")


def collapse(text: str) -> str:
    """The text with every run of white space as one blank, none at its edges."""
    return " ".join(BLANK_RUN.split(text)).strip(" ")


@lru_cache(maxsize=4096)
def class_of(character: str) -> str:
    """`blank`, `letter`, `digit`, `single` or `mark` (belongs to the character before it)."""
    if character in BLANKS:
        return "blank"
    category = unicodedata.category(character)
    if category[0] == "M" or character == JOINER or 0x1F3FB <= ord(character) <= 0x1F3FF:
        return "mark"
    if unicodedata.name(character, "").startswith(UNSPACED):
        return "single"
    return {"L": "letter", "N": "digit"}.get(category[0], "single")


@lru_cache(maxsize=4096)
def escaped(character: str) -> bytes:
    """A character as it stands inside a JSON string."""
    return json.dumps(character, ensure_ascii=False)[1:-1].encode("utf-8", "surrogatepass")


class SourceText:
    """A text's escaped bytes, and the byte positions at which a value may begin and end."""

    def __init__(self, text: str) -> None:
        """Read the text once, character by character."""
        self.text = text
        self.begins: list[int] = []
        self.ends: list[int] = []
        # For each character of the text the position of its first byte.
        self.positions: list[int] = []
        self._data = bytearray()
        self._before, self._may_end = "blank", False
        after_joiner = False
        for character in text:
            self._add(character, after_joiner)
            after_joiner = character == JOINER
        if self._may_end:
            self.ends.append(len(self._data))
        self.data = bytes(self._data)
        self.positions.append(len(self.data))
        self.begin_set, self.end_set = frozenset(self.begins), frozenset(self.ends)

    def _add(self, character: str, joined: bool) -> None:
        kind = class_of(character)
        at = len(self._data)
        self.positions.append(at)
        if (kind == "mark" or joined) and self._before != "blank":
            self._data += escaped(character)
            return
        if kind == "blank":
            self._add_blank(at)
        else:
            self._add_word(character, "single" if kind == "mark" else kind, at)
        self._before = kind if kind != "mark" else "single"
        self._may_end = kind != "blank" and character not in OPENING

    def _add_blank(self, at: int) -> None:
        if self._before == "blank":
            return
        if self._may_end:
            self.ends.append(at)
        self._data += b" "

    def _add_word(self, character: str, kind: str, at: int) -> None:
        if self._before != kind or self._before == "single":
            if character not in CLOSING:
                self.begins.append(at)
            if self._may_end:
                self.ends.append(at)
        self._data += escaped(character)

    def find(self, value: bytes) -> int:
        """The first position at which a value stands between word boundaries; behind the end where there is
        none."""
        at = self.data.find(value)
        while at >= 0:
            if at in self.begin_set and at + len(value) in self.end_set:
                return at
            at = self.data.find(value, at + 1)
        return len(self.data)

    def may_end(self, position: int) -> bool:
        """Whether a value may end before the byte at this position."""
        return position in self.end_set

    def last_end(self, start: int, limit: int) -> int:
        """The last position at which a value from `start` may end, at most `limit`; -1 where none may."""
        index = bisect_right(self.ends, min(start + MAX_VALUE_BYTES, limit)) - 1
        return self.ends[index] if index >= 0 and self.ends[index] > start else -1
