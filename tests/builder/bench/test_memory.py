from __future__ import annotations

import os

from builder.bench.memory import peak_bytes


def test_the_peak_of_a_process() -> None:
    found = peak_bytes(os.getpid())
    assert found is not None
    assert found > 10_000_000


def test_a_process_that_is_gone_has_no_peak() -> None:
    assert peak_bytes(2**22 + 1) is None
