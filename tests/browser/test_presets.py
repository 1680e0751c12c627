"""The presets on two documents each, as a person would score them: valid, grounded, no worse than before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.browser.site import ROOT

EACH = 2


def test_the_presets_keep_what_they_reached(bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "presets.json"
    excerpt = Path(sys.executable).with_name("excerpt")
    command = [excerpt, "eval", "--presets", "--limit", str(EACH), "--out", out, "--bundle", bundle]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(out.read_text(encoding="utf-8"))
    assert {name: entry["documents"] for name, entry in report["presets"].items()} == dict.fromkeys(
        ("receipt", "invoice", "contact", "resume", "meeting"), EACH
    )
    assert (report["all"]["validity"], report["all"]["grounding"]) == (1.0, 1.0)
    assert "no answer" not in report["all"]["wrong"]
    ratchet = json.loads((ROOT / "tests" / "presets" / "ratchet.json").read_text(encoding="utf-8"))
    assert report["all"]["right"] >= ratchet[str(EACH)]["right"] > 0
