"""What fitting learns from: of each field that was asked, the model's own probabilities and what was right.

An observation holds numbers only, no word of a document. It is made from an answer that was written with
absence forbidden wherever the schema allows it (`probing`), so that it tells for every threshold what would
have been answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from builder.bundle.calibration import KINDS, Calibration, ConfidenceMap, ConfidenceMaps, Fitted
from builder.evaluate.browser import FieldAnswer
from builder.evaluate.reliability import gold_leaves, value_leaves
from builder.evaluate.scoring import JsonValue

NEVER = 2.0
AS_IT_IS = ConfidenceMap(1.0, 0.0)


@dataclass(frozen=True)
class Observation:
    """One field of one record.

    `absence` is the model's probability that it is absent, None where that was not to be chosen.
    `confidence` belongs to the answer that was written; `written`, `gold` and `matched` count its leaves,
    those of the gold answer, and those in both.
    """

    record: int
    kind: str
    absence: float | None
    confidence: float
    written: int
    gold: int
    matched: int

    @property
    def right(self) -> bool:
        """Whether the written answer is the gold one."""
        return self.written == self.gold == self.matched


def observe(record: int, answers: Iterable[FieldAnswer], gold: JsonValue) -> Iterator[Observation]:
    """The observations of one record; fields whose gold value cannot be told apart (rows of lists of
    objects) are passed over."""
    for answer in answers:
        if answer.raw is None or (wanted := gold_leaves(gold, answer.path)) is None:
            continue
        written = value_leaves(answer.value)
        yield Observation(
            record,
            answer.raw.kind,
            answer.raw.absence,
            answer.raw.confidence,
            written.total(),
            wanted.total(),
            (written & wanted).total(),
        )


def probing(weights: str) -> Calibration:
    """The calibration under which no field is ever absent that can be filled, confidence as it is."""
    maps: Mapping[str, ConfidenceMaps] = dict.fromkeys(KINDS, ConfidenceMaps(AS_IT_IS, AS_IT_IS))
    fitted = Fitted("1970-01-01", "0" * 64, weights, 1, 1)
    return Calibration(dict.fromkeys(KINDS, NEVER), dict(maps), fitted)
