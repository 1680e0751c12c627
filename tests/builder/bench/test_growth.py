from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tokenizers import Tokenizer, models, pre_tokenizers

from builder.bench.errors import BenchError
from builder.bench.growth.documents import FIELDS, receipts, schema_of, text_of
from builder.bench.growth.limits import Beside, Point, Sample, Sizes, growth_of, point_figures
from builder.bench.growth.table import growth_table

SIZES = Sizes(weights=100_000_000, position=40_000, tensors=10)


@pytest.fixture
def tokenizer() -> Tokenizer:
    """One token a character."""
    made = Tokenizer(models.BPE({chr(code): code for code in range(256)}, []))
    made.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    return made


def sample(tokens: int, decode_ms: float, mask_ms: float = 0.0, windows: int = 1) -> Sample:
    return Sample(tokens, windows, 4, 2 * decode_ms, decode_ms, decode_ms, 10, 80, mask_ms)


def test_a_text_has_exactly_the_tokens_asked_for(tokenizer: Tokenizer) -> None:
    assert text_of(3, ["abcdef"], tokenizer) == "abc"
    assert text_of(6, ["abc", "def"], tokenizer) == "abc\n\nd"
    with pytest.raises(BenchError, match="fewer than 100 tokens"):
        text_of(100, ["abc"], tokenizer)


def test_missing_records_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="--records"):
        receipts(tmp_path)


@pytest.mark.parametrize("count", [1, 10, 40])
def test_a_schema_has_exactly_the_fields_asked_for(count: int) -> None:
    schema = schema_of(count)
    Draft202012Validator.check_schema(schema)
    names = [name for name, _ in FIELDS[:count]]
    assert isinstance(schema["properties"], dict)
    assert (list(schema["properties"]), schema["required"]) == (names, names)
    assert len(names) == count


def test_a_forward_beside_what_bounds_it() -> None:
    point = Point({"tokens": 1000, "fields": 4}, [sample(1000, ms) for ms in (300, 200, 900)], 7)
    row = point_figures(point, SIZES, Beside(copy_ms=3.0, read_gb=10.0))
    assert (row["decode_ms"], row["decode_per_field_ms"], row["forward_ms"]) == (300, 75, 30)
    # 100 MB of weights and 40 MB of cache at 10 GB/s.
    assert (row["bound_ms"], row["times_bound"], row["copy_share"]) == (14.0, 2.14, 0.1)
    assert (row["mask_share"], row["peak_bytes"]) == (0.0, 7)


def test_masks_are_a_share_of_the_rest() -> None:
    row = point_figures(Point({}, [sample(10, 105, 5)], None), SIZES, Beside(1.0, 10.0))
    assert row["mask_share"] == 0.05


def test_windows_have_a_cache_each_and_are_no_growth() -> None:
    def row_of(one: Sample) -> dict[str, Any]:
        return point_figures(Point({}, [one], None), SIZES, Beside(1.0, 10.0))

    apart, whole = row_of(sample(2000, 100, windows=2)), row_of(sample(1000, 100))
    assert apart["bound_ms"] == whole["bound_ms"]
    assert growth_of([whole, apart]) == growth_of([whole, whole])
    assert growth_of([apart]) is None


def test_growth_is_from_the_first_to_the_last() -> None:
    rows = [
        point_figures(Point({}, [sample(tokens, ms)], None), SIZES, Beside(copy, 10.0))
        for tokens, ms, copy in ((100, 100, 0.5), (3000, 150, 20))
    ]
    assert growth_of(rows) == {
        "forward_ms": 5.0,
        "copy_ms": 19.5,
        "decode_per_field_times": 1.5,
        "copy_times": 40.0,
    }


def test_the_tables_name_what_the_engine_refused() -> None:
    row = point_figures(Point({"tokens": 100, "fields": 4}, [sample(100, 100)], None), SIZES, Beside(1, 10))
    series = {
        "rows": [row],
        "refused": [{"tokens": 4000, "fields": 4, "code": "text-too-long", "message": "Too long."}],
        "bandwidth_gb_per_s": {"read": 10.0, "copy": 8.0},
        "weights_bytes": 100_000_000,
        "cache_bytes_per_token": 40_000,
    }
    how = {"rounds": 5, "browser": "Chromium 1", "threads": 2, "machine": "m", "cores": 2} | {
        "load_average": [[0.1, 0.1, 0.1]],
        "model": "small",
        "bundle": "0123456789abcdef",
        "variant": "v",
    }
    told = growth_table({"conditions": how, "by_length": series, "by_fields": series})
    assert "| 0.0% |" in told
    assert told.count("- 4000 tokens, 4 fields: refused (text-too-long: Too long.)") == 2
    assert "a forward reads 100 MB of weights and 40 kB of cache a token" in told
