from __future__ import annotations

from builder.bench.rounds import Plan, rotated
from builder.bench.systems import Spec
from tests.builder.bench.turns import task

SPECS = [Spec(name, "http://127.0.0.1", (), {}) for name in ("excerpt", "transformers.js", "wllama")]
TASKS = [task("a"), task("b"), task("c", "usaddress")]


def test_everything_is_missing_at_first_a_set_after_the_other() -> None:
    missing = Plan(SPECS, TASKS, 2).missing(set())
    assert [(number, one.id) for number, one in missing] == [
        (1, "a"),
        (1, "b"),
        (2, "a"),
        (2, "b"),
        (1, "c"),
        (2, "c"),
    ]


def test_a_document_is_done_when_every_system_had_its_turn() -> None:
    plan = Plan(SPECS, TASKS[:1], 1)
    whole = {
        ("sroie", "a", name, 1) for name in ("excerpt", "excerpt after click", "transformers.js", "wllama")
    }
    assert plan.missing(whole) == []
    for one in whole:
        assert plan.missing(whole - {one}) == [(1, TASKS[0])]


def test_more_rounds_keep_what_was_done() -> None:
    done = Plan(SPECS, TASKS[:1], 1).keys(TASKS[0], 1)
    assert Plan(SPECS, TASKS[:1], 3).missing(done) == [(2, TASKS[0]), (3, TASKS[0])]


def test_every_system_is_first_as_often_as_any_other() -> None:
    systems = ["ours", "theirs", "others"]
    firsts = [rotated(systems, number, place)[0] for number in range(3) for place in range(3)]
    assert {name: firsts.count(name) for name in systems} == dict.fromkeys(systems, 3)
    assert sorted(rotated(systems, 1, 1)) == sorted(systems)
