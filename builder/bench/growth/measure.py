"""Runs texts of growing length, then schemas of growing size, in one tab of Excerpt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.bench.errors import BenchError
from builder.bench.growth.documents import receipts, schema_of, text_of
from builder.bench.growth.limits import (
    Bandwidth,
    Beside,
    Point,
    Sample,
    Sizes,
    growth_of,
    point_figures,
    sizes_of,
)
from builder.bench.memory import forget_peak, peak_bytes
from builder.bench.systems import OTHER_DOCUMENT, System
from builder.bench.turns import Failure
from builder.bundle.manifest import parse_manifest
from builder.evaluate.scoring import JsonValue

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Tokens of text and fields asked: one grows while the other stays the same.
SERIES = {
    "by_length": [(tokens, 4) for tokens in (100, 200, 400, 800, 1600, 3000, 4000)],
    "by_fields": [(800, fields) for fields in (1, 2, 5, 10, 20, 40)],
}

Report = Callable[[str], None]


@dataclass(frozen=True)
class Tab:
    """Excerpt's tab, the bundle in it, and where texts come from."""

    system: System
    sizes: Sizes
    texts: Sequence[str]
    tokenizer: Tokenizer
    rounds: int

    def point(self, tokens: int, fields: int) -> Point | Failure:
        """One text and one schema, as often as there are rounds, each time from an unread document."""
        text = text_of(tokens, self.texts, self.tokenizer)
        schema = schema_of(fields)
        forget_peak(self.system.pid)
        samples = []
        for _ in range(self.rounds):
            sample = self._sample(text, schema, fields)
            if isinstance(sample, Failure):
                return sample
            samples.append(sample)
        return Point({"tokens": tokens, "fields": fields}, samples, peak_bytes(self.system.pid))

    def copy_ms(self, positions: int) -> float:
        """What it costs to bring a cache of so many positions into a WASM heap."""
        asked = {"tensors": self.sizes.tensors, "floats": self.sizes.floats(positions)}
        return float(_asked(self.system, "copy", asked)["ms"])

    def bandwidth(self, threads: int) -> Bandwidth:
        """How fast as many workers as the engine has threads read and copy memory."""
        return Bandwidth(**_asked(self.system, "bandwidth", {"threads": threads}))

    def _sample(self, text: str, schema: Mapping[str, JsonValue], fields: int) -> Sample | Failure:
        other = self.system.ask("forget", {"other": OTHER_DOCUMENT})
        answer = self.system.ask("extract", {"text": text, "schema": schema})
        if isinstance(other, Failure):
            return other
        return answer if isinstance(answer, Failure) else _sample_of(answer, fields)


def grow(bundle: Path, records: Path, rounds: int, out: Path, report: Report) -> dict[str, Any]:
    """Measure and write `out`; gives what it holds. Raises ExcerptError where it cannot be measured."""
    from tokenizers import Tokenizer

    from builder.bench.growth.page import growth_tab

    texts = receipts(records)
    manifest = parse_manifest((bundle / "manifest.json").read_bytes())
    tokenizer = Tokenizer.from_file(str(bundle / manifest.tokenizer.file))
    found: dict[str, Any] = {}
    for name, asked in SERIES.items():
        # What a long text left behind would count as memory of the next series: each has a tab of its own.
        with growth_tab(bundle, report) as (system, how):
            tab = Tab(system, sizes_of(manifest), texts, tokenizer, rounds)
            found["conditions"] = how | {"rounds": rounds}
            found[name] = _series(tab, asked, how["threads"], report)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return found


def _series(tab: Tab, asked: Sequence[tuple[int, int]], threads: int, report: Report) -> dict[str, Any]:
    """The points one after the other; then, in the same tab, what is measured beside them."""
    tab.point(*asked[0])  # Untimed: what is slow only once is over.
    points, refused = [], []
    for tokens, fields in asked:
        point = tab.point(tokens, fields)
        if isinstance(point, Failure):
            refused.append({"tokens": tokens, "fields": fields, "code": point.code, "message": point.message})
            report(f"{tokens} tokens, {fields} fields: refused ({point.code}: {point.message})")
            continue
        points.append(point)
        report(f"{tokens} tokens, {fields} fields: {point.samples[-1].ms / 1000:.2f} s")
    speed = tab.bandwidth(threads)
    beside = [Beside(tab.copy_ms(point.samples[0].positions), speed.read) for point in points]
    rows = [point_figures(one, tab.sizes, other) for one, other in zip(points, beside, strict=True)]
    return {
        "rows": rows,
        "refused": refused,
        "growth": growth_of(rows),
        "bandwidth_gb_per_s": {"read": round(speed.read, 2), "copy": round(speed.copy, 2)},
        "weights_bytes": tab.sizes.weights,
        "cache_bytes_per_token": tab.sizes.position,
    }


def _asked(system: System, kind: str, request: Mapping[str, object]) -> dict[str, Any]:
    answer = system.ask(kind, request)
    if isinstance(answer, Failure):
        raise BenchError(f"the tab could not measure {kind} ({answer.code}: {answer.message})", "try again")
    return answer


def _sample_of(answer: Mapping[str, Any], fields: int) -> Sample:
    return Sample(
        tokens=answer["promptTokens"],
        windows=answer["windows"],
        fields=fields,
        ms=answer["ms"],
        prefill_ms=answer["prefillMs"],
        decode_ms=answer["decodeMs"],
        forwards=answer["forwards"],
        fed_tokens=answer["newTokens"],
        mask_ms=answer["maskMs"],
    )
