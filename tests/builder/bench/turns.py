"""Turns and tasks for the tests of this folder."""

from __future__ import annotations

import json

from builder.bench.tasks import Task
from builder.bench.turns import Failure, Measured, Temperature, Turn
from builder.evaluate.scoring import JsonValue

SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "properties": {"shop": {"type": ["string", "null"], "description": "Name of the shop"}},
    "required": ["shop"],
}


def task(name: str, set_name: str = "sroie", gold: str | None = "Nord") -> Task:
    return Task(set_name, name, "At Nord.", dict(SCHEMA), {"shop": gold})


def answer(ms: float, output: str = '{"shop": "Nord"}', *, cut: bool = False) -> Measured:
    return Measured(ms, ms / 4, 3 * ms / 4, 40, 10, 8, 7, output, cut)


def turn(system: str, document: str, round_: int, ms: float, **more: str | bool) -> Turn:
    set_name = str(more.pop("set_name", "sroie"))
    temperature: Temperature = "cold" if round_ == 0 else "warm"
    output = str(more.pop("output", json.dumps({"shop": "Nord"})))
    return Turn(
        set_name, document, system, temperature, round_, answer(ms, output, cut=bool(more.pop("cut", False)))
    )


def failed(system: str, document: str, round_: int) -> Turn:
    return Turn("sroie", document, system, "warm", round_, Failure("too-long", "The text is too long."))
