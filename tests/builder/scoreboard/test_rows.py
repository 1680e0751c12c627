from __future__ import annotations

import dataclasses
from pathlib import Path

from builder.evaluate.rebundle import recalibrated
from builder.scoreboard import NAMES
from builder.scoreboard.rows import ROWS, engine_digest
from tests.builder.calibrations import some_calibration

from .board import context_in


def test_every_row_has_a_name_for_the_command_line() -> None:
    assert tuple(ROWS) == NAMES
    assert len({row.title for row in ROWS.values()}) == len(ROWS)


def test_parts_left_out_and_another_bundle_make_another_identity(tiny_bundle: Path, tmp_path: Path) -> None:
    context = dataclasses.replace(context_in(tmp_path), bundle=tiny_bundle)
    plain = ROWS["excerpt"].identity(context)
    others = {ROWS[name].identity(context) for name in ("no-grounding", "no-threshold", "no-drafts")}
    assert len({plain, *others}) == 4
    assert plain == ROWS["excerpt"].identity(context)
    assert ROWS["rules"].identity(context) == ROWS["rules"].identity(context_in(tmp_path))
    peer = ROWS["transformers.js"].identity(context)
    with recalibrated(tiny_bundle, some_calibration()) as folder:
        other = dataclasses.replace(context, bundle=folder)
        assert ROWS["excerpt"].identity(other) != plain
        assert ROWS["transformers.js"].identity(other) != peer


def test_the_rules_answer_without_a_browser(tmp_path: Path) -> None:
    with ROWS["rules"].open(context_in(tmp_path)) as engine:
        assert engine.conditions.variant == "baseline"


def test_an_engine_built_anew_is_another_one(tmp_path: Path) -> None:
    def built(*names: str) -> str:
        folder = tmp_path / "-".join(names) / "assets"
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).touch()
        return engine_digest(folder.parent)

    assert built("worker-a.js", "index-a.js") == built("worker-a.js", "index-b.js")
    assert built("worker-a.js", "index-c.js") != built("worker-b.js", "index-c.js")
