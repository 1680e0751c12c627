from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from builder.records import ShapeError, UnknownNameError, named_toml, read_lines, read_record, read_toml


@dataclass(frozen=True)
class Circle:
    kind: Literal["circle"]
    radius: float


@dataclass(frozen=True)
class Square:
    kind: Literal["square"]
    side: int


@dataclass(frozen=True)
class Drawing:
    name: str
    shapes: tuple[Circle | Square, ...]
    sizes: dict[str, int]
    note: str | None = None


@dataclass(frozen=True)
class Edge:
    width: int


@dataclass(frozen=True)
class Framed:
    edge: Edge | None = None


WHOLE: dict[str, object] = {
    "name": "a",
    "shapes": [{"kind": "circle", "radius": 2}, {"kind": "square", "side": 3}],
    "sizes": {"x": 1},
}


def test_a_whole_record_is_read_with_its_parts() -> None:
    expected = Drawing("a", (Circle("circle", 2.0), Square("square", 3)), {"x": 1})
    assert read_record(Drawing, WHOLE) == expected


def test_null_is_read_where_it_is_allowed() -> None:
    assert read_record(Drawing, WHOLE | {"note": None}).note is None
    assert read_record(Drawing, WHOLE | {"note": "n"}).note == "n"


def test_an_optional_table_needs_no_kind_to_tell_it_apart() -> None:
    assert read_record(Framed, {"edge": {"width": 2}}) == Framed(Edge(2))
    assert read_record(Framed, {"edge": None}) == Framed()
    with pytest.raises(ShapeError, match=r"edge\.width is missing"):
        read_record(Framed, {"edge": {}})
    with pytest.raises(ShapeError, match="edge is 3, expected a table"):
        read_record(Framed, {"edge": 3})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "colour is not a known field"),
        ({"name": 3}, "name is 3, expected str"),
        ({"name": None}, "name is None, expected str"),
        ({"shapes": {}}, "shapes is {}, expected a list"),
        ({"shapes": [{"kind": "oval"}]}, "shapes[0].kind is 'oval', expected one of 'circle', 'square'"),
        ({"shapes": [{"kind": "circle"}]}, "shapes[0].radius is missing"),
        ({"shapes": [{"kind": "square", "side": True}]}, "shapes[0].side is True, expected int"),
        ({"shapes": [{"kind": "square", "side": 1.5}]}, "shapes[0].side is 1.5, expected int"),
        ({"sizes": {"x": "big"}}, "sizes.x is 'big', expected int"),
        ({"note": 4}, "note is 4, expected str or null"),
    ],
)
def test_a_wrong_field_is_refused_with_its_place(change: dict[str, object], complaint: str) -> None:
    with pytest.raises(ShapeError) as caught:
        read_record(Drawing, WHOLE | change)
    assert complaint in str(caught.value)


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(ShapeError, match="name is missing"):
        read_record(Drawing, {key: value for key, value in WHOLE.items() if key != "name"})


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ShapeError, match="the top level is"):
        read_record(Drawing, [WHOLE])


def test_toml_is_read_by_name_or_path_and_strictly(tmp_path: Path) -> None:
    path = tmp_path / "thin.toml"
    path.write_text("[edge]\nwidth = 2\n", encoding="utf-8")
    assert named_toml("thin", tmp_path) == named_toml(str(path), Path("elsewhere")) == path
    assert read_toml(Framed, path.read_text(encoding="utf-8")) == Framed(Edge(2))
    with pytest.raises(UnknownNameError, match=r"use one of thin or a \.toml file"):
        named_toml("thick", tmp_path)
    with pytest.raises(ShapeError, match="Invalid value"):
        read_toml(Framed, "edge = ")


def test_lines_are_read_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\n{"a": 3}\n', encoding="utf-8")
    assert list(read_lines(path, limit=3)) == [(f"{path}:1", {"a": 1}), (f"{path}:3", {"a": 2})]
    assert len(list(read_lines(path))) == 3
