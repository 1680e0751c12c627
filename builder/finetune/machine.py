"""Which bytes an answer may hold, one after the other: the Python side of `web/src/engine/answer.ts` and
`constraint/`.

A machine has `initial`, `options(state)` (the bytes that may come next; none: the answer is complete) and
`step(state, byte)`. A byte is *forced* where it is the only option: the engine writes it without asking the
model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.finetune.source import MAX_VALUE_BYTES, SourceText

QUOTE, COMMA, BRACKET = b'",]'
END = b"\n"
MAX_ITEMS = 200
Place = tuple[int, int]


class Places:
    """Where a value may stand: between any word boundaries, or at given places only."""

    def __init__(self, source: SourceText, candidates: Sequence[Place] | None = None) -> None:
        """Take every run of whole words of the source, or only `candidates` (byte positions)."""
        self.source = source
        self.ends = None if candidates is None else ends_by_start(candidates)
        self.starts = tuple(source.begins if self.ends is None else sorted(self.ends))

    def may_end(self, start: int, position: int) -> bool:
        """Whether a value from `start` may end at `position`."""
        if self.ends is not None:
            return position in self.ends[start]
        return start < position <= start + MAX_VALUE_BYTES and self.source.may_end(position)

    def last_end(self, start: int, limit: int) -> int:
        """The last position up to `limit` at which a value from `start` may end; -1 where none may."""
        if self.ends is not None:
            return max((end for end in self.ends[start] if end <= limit), default=-1)
        return self.source.last_end(start, limit)


def ends_by_start(candidates: Sequence[Place]) -> dict[int, set[int]]:
    """The ends of the places that share a beginning."""
    ends: dict[int, set[int]] = {}
    for start, end in candidates:
        ends.setdefault(start, set()).add(end)
    return ends


@dataclass(frozen=True)
class Fixed:
    """Inside texts that stand fixed; `at` bytes of each of them are read."""

    texts: tuple[bytes, ...]
    at: int
    taken: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Inside:
    """Inside a value: the places (start, last end) that agree with its first `depth` bytes."""

    live: tuple[Place, ...]
    depth: int
    taken: tuple[Place, ...]


@dataclass(frozen=True)
class After:
    """After an item of a list."""

    taken: tuple[Place, ...]


State = Fixed | Inside | After


class AnswerMachine:
    """Everything that one field's answer may be, from the blank after the header to the line end."""

    def __init__(
        self, whole: Sequence[str], opening: str | None = None, places: Places | None = None
    ) -> None:
        """Take the answers that stand fixed and, for grounded values, what opens them and where they may
        stand."""
        self.places = places
        self.many = opening is not None and "[" in opening
        self.opening = None if opening is None or not self._free(()) else opening.encode()
        texts = [text.encode("utf-8", "surrogatepass") + END for text in whole]
        self.initial: State = Fixed((*texts, *([self.opening] if self.opening else ())), 0)

    def options(self, state: State) -> frozenset[int]:
        """The bytes that may come next."""
        if isinstance(state, Fixed):
            return frozenset(text[state.at] for text in state.texts if state.at < len(text))
        if isinstance(state, After):
            more = len(state.taken) < MAX_ITEMS and self._free(state.taken)
            return frozenset((BRACKET, COMMA) if more else (BRACKET,))
        return self._inside_options(state)

    def step(self, state: State, byte: int) -> State:
        """The state after one of the options."""
        if isinstance(state, Fixed):
            return self._fixed_step(state, byte)
        if isinstance(state, After):
            return Fixed((b'"',), 0, state.taken) if byte == COMMA else Fixed((END,), 0)
        if byte == QUOTE and (place := self._place(state)):
            return After((*state.taken, place)) if self.many else Fixed((END,), 0)
        return Inside(self._narrowed(state, byte), state.depth + 1, state.taken)

    def _fixed_step(self, state: Fixed, byte: int) -> State:
        texts = tuple(text for text in state.texts if state.at < len(text) and text[state.at] == byte)
        opened = any(len(text) == state.at + 1 and text in (self.opening, b'"') for text in texts)
        return (
            Inside(self._free(state.taken), 0, state.taken)
            if opened
            else Fixed(texts, state.at + 1, state.taken)
        )

    def _free(self, taken: tuple[Place, ...]) -> tuple[Place, ...]:
        """The beginnings that are free, each with the last end before the next place that is taken."""
        if self.places is None:
            return ()
        free = []
        for start in self.places.starts:
            if any(first <= start < end for first, end in taken):
                continue
            limit = min((first for first, _ in taken if first > start), default=len(self.places.source.data))
            last = self.places.last_end(start, limit)
            if last > start:
                free.append((start, last))
        return tuple(free)

    def _inside_options(self, state: Inside) -> frozenset[int]:
        data = self._source.data
        found = {data[start + state.depth] for start, last in state.live if start + state.depth < last}
        return frozenset(found | {QUOTE}) if self._place(state) else frozenset(found)

    def _narrowed(self, state: Inside, byte: int) -> tuple[Place, ...]:
        data, depth = self._source.data, state.depth
        return tuple(
            (start, last)
            for start, last in state.live
            if start + depth < last and data[start + depth] == byte
        )

    def _place(self, state: Inside) -> Place | None:
        """The first place in the document that the value so far fills."""
        if self.places is None or state.depth == 0:
            return None
        fitting = (
            s for s, last in state.live if s + state.depth <= last and self.places.may_end(s, s + state.depth)
        )
        start = min(fitting, default=None)
        return None if start is None else (start, start + state.depth)

    @property
    def _source(self) -> SourceText:
        if self.places is None:
            raise ValueError("a machine without places has no value to be inside of")
        return self.places.source


def forced_bytes(machine: AnswerMachine, written: bytes) -> list[bool] | None:
    """For each byte of a whole answer whether it was the only option; None where the machine does not let it
    through."""
    state, forced = machine.initial, []
    for byte in written:
        options = machine.options(state)
        if byte not in options:
            return None
        forced.append(len(options) == 1)
        state = machine.step(state, byte)
    return None if machine.options(state) else forced
