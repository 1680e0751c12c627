"""What the turns say: medians, ratios, scores. Pure: turns in, a JSON value out.

The rules:

- A ratio of a round is the peer's time over all documents of a set divided by ours over the same ones;
  documents that one of the two failed at are left out of both and named under `failed`. `ratios` holds the
  median over rounds, `spread` the least and the greatest.
- `ratios.SET.after_click` is transformers.js' whole time over ours after the click, the text having been
  read before.
- `document_ratios` is the median over single documents and rounds: a few long answers weigh less in it.
- Times are medians over warm turns, `cold_ms` over the first turns after a load. Counts are means.
- Scores are those of `excerpt eval`, on each document's first warm answer. An answer that is not JSON (it
  was cut at the limit of new tokens) counts as none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, median
from typing import Any, cast

from builder.bench.tasks import Task
from builder.bench.turns import AFTER_CLICK, EXCERPT, OURS, PEERS, TRANSFORMERS, Failure, Measured, Turn
from builder.evaluate.scoring import JsonValue, Tally, measure, tally, tally_failed

CLICK = "after_click"
# Which time is divided by which, under which key.
PAIRS = {
    **{peer: (peer, EXCERPT) for peer in PEERS},
    CLICK: (TRANSFORMERS, AFTER_CLICK),
}
# The time of each document of a round.
Times = Mapping[str, float]


@dataclass(frozen=True)
class Peak:
    """The most memory that the process of a system's page held while a set was run; None where unknown."""

    set: str
    system: str
    bytes: int | None

    def to_json(self) -> dict[str, Any]:
        """As it stands in a report."""
        return asdict(self)


def figures(tasks: Sequence[Task], turns: Sequence[Turn], peaks: Sequence[Peak]) -> dict[str, Any]:
    """`sets`, `ratios`, `spread`, `document_ratios` and `failed` of a report."""
    names = list(dict.fromkeys(task.set for task in tasks))
    by_set = {name: [turn for turn in turns if turn.set == name] for name in names}
    ratios = {name: _ratios(own) for name, own in by_set.items()}
    return {
        "ratios": {name: {key: _rounded(median(of)) for key, of in r.items()} for name, r in ratios.items()},
        "spread": {
            name: {key: [_rounded(min(of)), _rounded(max(of))] for key, of in r.items()}
            for name, r in ratios.items()
        },
        "document_ratios": {name: _document_ratios(own) for name, own in by_set.items()},
        "sets": {name: _set_figures(name, tasks, own, peaks) for name, own in by_set.items()},
        "failed": [turn.to_json() for turn in turns if isinstance(turn.answer, Failure)],
    }


def round_ratio(theirs: Times, ours: Times) -> float | None:
    """Their time over ours, for the documents that both have; None where there is none."""
    both = theirs.keys() & ours.keys()
    return sum(theirs[one] for one in both) / sum(ours[one] for one in both) if both else None


def _ratios(turns: Sequence[Turn]) -> dict[str, list[float]]:
    """The ratio of every round, under the keys of `PAIRS` that there are turns for."""
    times = _times(turns)
    rounds = sorted({number for _, number in times})
    found: dict[str, list[float]] = {}
    for key, (theirs, ours) in PAIRS.items():
        every = (round_ratio(times[theirs, one], times[ours, one]) for one in rounds)
        if known := [ratio for ratio in every if ratio is not None]:
            found[key] = known
    return found


def _document_ratios(turns: Sequence[Turn]) -> dict[str, float]:
    times = _times(turns)
    rounds = {number for _, number in times}
    found: dict[str, float] = {}
    for key, (theirs, ours) in PAIRS.items():
        single = [
            times[theirs, number][document] / ms
            for number in rounds
            for document, ms in times[ours, number].items()
            if document in times[theirs, number]
        ]
        if single:
            found[key] = _rounded(median(single))
    return found


def _times(turns: Iterable[Turn]) -> Mapping[tuple[str, int], dict[str, float]]:
    """Milliseconds of warm turns that have an answer, by system and round, then by document."""
    times: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for turn in turns:
        if turn.temperature == "warm" and isinstance(turn.answer, Measured):
            times[turn.system, turn.round][turn.document] = turn.answer.ms
    return times


def _set_figures(
    name: str, tasks: Sequence[Task], turns: Sequence[Turn], peaks: Sequence[Peak]
) -> dict[str, Any]:
    own = [task for task in tasks if task.set == name]
    return {
        system: _system_figures(own, [turn for turn in turns if turn.system == system])
        | {"peak_bytes": _peak(name, system, peaks)}
        for system in (*OURS, *PEERS)
        if any(turn.system == system for turn in turns)
    }


def _system_figures(tasks: Sequence[Task], turns: Sequence[Turn]) -> dict[str, Any]:
    warm = [turn for turn in turns if turn.temperature == "warm"]
    answers = [turn.answer for turn in warm if isinstance(turn.answer, Measured)]
    cold = [one.answer.ms for one in turns if one.temperature == "cold" and isinstance(one.answer, Measured)]
    return {
        "documents": len({turn.document for turn in warm}),
        "turns": len(warm),
        "failed": len(warm) - len(answers),
        "cut": sum(answer.cut for answer in answers),
        "cold_ms": _median(cold),
        "warm_ms": _median([answer.ms for answer in answers]),
        "prefill_ms": _median([answer.prefill_ms for answer in answers]),
        "decode_ms": _median([answer.decode_ms for answer in answers]),
        "forwards": _mean([answer.forwards for answer in answers]),
        "prompt_tokens": _mean([answer.prompt_tokens for answer in answers]),
        "new_tokens": _mean([answer.new_tokens for answer in answers]),
        **_scores(tasks, warm),
    }


def _scores(tasks: Sequence[Task], warm: Sequence[Turn]) -> dict[str, Any]:
    """Of the documents that had a turn; false fills are None where every field has an answer."""
    first: dict[str, Turn] = {}
    for turn in warm:
        first.setdefault(turn.document, turn)
    asked = [(task, _value(first[task.id])) for task in tasks if task.id in first]
    scores = measure(sum((_tally(task, value) for task, value in asked), Tally()))
    outputs = {(turn.document, turn.answer.output) for turn in warm if isinstance(turn.answer, Measured)}
    return {
        "f1": _share(scores.f1),
        "false_fill": _share(scores.false_fill),
        "validity": _share(scores.validity),
        "same_every_round": len(outputs) == len({document for document, _ in outputs}),
    }


def _tally(task: Task, value: JsonValue) -> Tally:
    if value is None:
        return tally_failed(task.gold)
    return tally(value, task.gold, task.schema, task.text)


def _value(turn: Turn) -> JsonValue:
    """The answer as JSON; None where there is none."""
    if isinstance(turn.answer, Failure):
        return None
    try:
        return cast("JsonValue", json.loads(turn.answer.output))
    except json.JSONDecodeError:
        return None


def _peak(name: str, system: str, peaks: Sequence[Peak]) -> int | None:
    page = EXCERPT if system == AFTER_CLICK else system
    known = [one.bytes for one in peaks if one.set == name and one.system == page and one.bytes is not None]
    return max(known, default=None)


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 1) if values else None


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _rounded(ratio: float) -> float:
    return round(ratio, 3)
