"""What the papers, mails and notices of the generator have in common with those that people write."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest

from builder.finetune.documents import generate, kind_names, tills
from builder.finetune.documents.draft import Draft, Written
from builder.finetune.documents.goods import PAID, draw_lines, payment, sum_up
from builder.finetune.documents.meetings import PLATFORMS
from builder.finetune.documents.phrasebook import Phrases, phrases
from builder.finetune.documents.registry import registered
from builder.finetune.documents.scene import Scene

PRESETS = Path(__file__).parents[3] / "presets"
TABLES = sorted(
    entry.name.removesuffix(".toml")
    for entry in (files("builder.finetune.documents") / "phrases").iterdir()
    if entry.name.endswith(".toml")
)
RUN_OF_WORDS = 6


def drafts(kind: str, count: int = 200, locale: str = "") -> Iterator[Draft]:
    """Documents of a kind before noise."""
    for number in range(count):
        yield registered()[kind].write(Scene(Random(f"papers:{number}"), locale))


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + RUN_OF_WORDS]) for at in range(len(words) - RUN_OF_WORDS + 1)}


def blanks(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


def test_no_run_of_words_is_from_a_document_that_measures_the_presets() -> None:
    measuring = set[tuple[str, ...]]().union(
        *(runs_of_words(path.read_text(encoding="utf-8")) for path in PRESETS.glob("*/*.txt"))
    )
    assert len(measuring) > 1000
    for kind in kind_names():
        for record in generate(3, 40, [kind]):
            assert not runs_of_words(record["text"]) & measuring


@pytest.mark.parametrize("name", TABLES)
def test_every_language_leaves_only_the_blanks_that_english_leaves(name: str) -> None:
    table: Phrases = phrases(name)
    allowed = {key: set[str]().union(*map(blanks, entries)) for key, entries in table["en"].items()}
    for language, kinds in table.items():
        assert kinds.keys() <= allowed.keys(), language
        for key, entries in kinds.items():
            assert entries
            assert set[str]().union(*map(blanks, entries)) <= allowed[key], (language, key)


def test_a_bill_may_have_its_number_in_the_title_and_who_pays_without_a_label() -> None:
    letters = list(drafts("letter_of_charge"))
    unlabelled = [one for one in letters if f"\n\n{one.facts.get('customer')}\n" in one.text]
    titled = [one for one in letters if f"Invoice {one.facts.get('number')}" in one.text]
    behind = [one for one in letters if str(one.facts["seller"]) not in one.text.split("\n")[0]]
    for found in (unlabelled, titled, behind):
        assert 5 < len(found) < len(letters)


def test_a_bill_says_when_to_pay_in_a_sentence_of_its_language() -> None:
    told = [one for one in drafts("letter_of_charge", locale="fr_FR") if "due_date" in one.facts]
    sentences = ("régler avant le", "au plus tard le", "attendu pour le")
    assert any(sentence in one.text for one in told for sentence in sentences)


def test_who_writes_a_bill_by_mail_sells_and_who_is_greeted_pays() -> None:
    for one in drafts("bill_by_mail"):
        first, last = one.text.split("\n\n")[0], one.text.split("\n")[-1]
        assert last == one.facts["seller"]
        assert str(one.facts["customer"]) in first or "date" in one.facts


def test_the_position_of_a_career_is_the_one_of_the_latest_post() -> None:
    dated = [
        one
        for one in drafts("career", locale="en_GB")
        if re.search(r"^Today: |^Present position: ", one.text, re.MULTILINE)
    ]
    assert dated
    for one in dated:
        line = next(
            line for line in one.text.split("\n") if line.startswith(("Today: ", "Present position: "))
        )
        assert str(one.facts["job_title"]) in line
        assert str(one.facts["employer"]) in line


def test_a_meeting_is_online_where_a_link_or_a_platform_is_its_place() -> None:
    seen = set()
    for kind in ("meeting_letter", "meeting_chat"):
        for one in drafts(kind):
            place = one.facts.get("location")
            if place is not None:
                linked = str(place).startswith("https://") or place in PLATFORMS
                assert one.facts["online"] is linked
                seen.add(linked)
    assert seen == {True, False}


def test_who_signs_an_invitation_is_no_guest() -> None:
    for one in drafts("meeting_letter"):
        guests = one.facts.get("attendees")
        assert guests is None or isinstance(guests, list)
        assert one.facts.get("organizer") not in (guests or [])


def test_a_slip_lists_nothing_that_was_bought() -> None:
    for one in drafts("service_slip"):
        assert "items" not in one.facts
        assert {"company", "total"} <= one.facts.keys()


def test_every_way_to_pay_is_printed() -> None:
    seen: dict[str, set[str]] = {"cash": set(), "card": set(), "other": set()}
    for number in range(400):
        rows, facts = payment(Scene(Random(number), "es_ES"), Decimal("12.30"))
        if facts:
            seen[str(facts["paid_by"])].add(rows[0][0])
    assert seen["other"] <= set(PAID["es"]["other"]) | set(PAID["en"]["other"])
    assert all(len(words) > 2 for words in seen.values())


def test_the_tax_of_a_table_with_two_rates_is_their_sum() -> None:
    tables = 0
    for number in range(300):
        scene = Scene(Random(number), "en_GB")
        text, facts = tills.tax_summary(scene, sum_up(scene, draw_lines(scene, 2, 4)), known=False)
        rows = [line.split() for line in text.split("\n")[1:] if re.match(r"(SR|ZR|S|Z|A|B|1|2)  ", line)]
        tax = facts.get("tax")
        if len(rows) == 2 and isinstance(tax, Written):
            tables += 1
            assert sum(Decimal(row[-1].replace(",", "")) for row in rows) == Decimal(str(tax.normal))
    assert tables > 5
