from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from builder.finetune.documents.scene import Scene, ascii_of


@pytest.mark.parametrize(
    ("locale", "value", "written"),
    [("de_DE", "1234.5", "1.234,50"), ("en_US", "1234.5", "1,234.50"), ("ja_JP", "1200", "1,200")],
)
def test_amounts_are_written_as_in_the_locale(locale: str, value: str, written: str) -> None:
    drawn = {Scene(Random(seed), locale).amount(Decimal(value)).text for seed in range(30)}
    assert written in drawn


def test_the_wider_writing_holds_the_narrow_one() -> None:
    amount = Scene(Random(2), "pl_PL").priced(Decimal("10.20"))
    assert amount.full is not None
    assert amount.text in amount.full
    assert amount.normal == 10.2


@pytest.mark.parametrize(
    ("locale", "pattern", "written", "normal"),
    [
        ("de_DE", "dd.MM.yyyy", "05.03.2026", "2026-03-05"),
        ("fr_FR", "d MMMM yyyy", "5 mars 2026", "2026-03-05"),
        ("en_US", "MM/dd/yyyy", "03/05/2026", None),
        ("fi_FI", "d. MMMM yyyy", "5. maaliskuuta 2026", None),
    ],
)
def test_a_day_has_a_normal_form_where_it_reads_in_one_way(
    locale: str, pattern: str, written: str, normal: str | None
) -> None:
    day = Scene(Random(1), locale).day(date(2026, 3, 5), pattern)
    assert (day.text, day.normal) == (written, normal)


def test_a_month_first_day_above_twelve_is_clear() -> None:
    assert Scene(Random(1), "en_US").day(date(2026, 3, 25), "MM/dd/yyyy").normal == "2026-03-25"


def test_letters_lose_their_accents() -> None:
    assert ascii_of("Müller-Straße") == "mullerstrasse"
