from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from server.errors import SettingsError
from server.settings import Settings

GOOD = Settings(web=Path("web/dist"), bundle=Path("dist/bundle"), cache=Path(".cache"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"port": 65536}, "port 65536"),
        ({"port": -1}, "port -1"),
        ({"host": " "}, "host is empty"),
        ({"cache": Path("web/dist/cache")}, "is served"),
        ({"cache": Path("dist/bundle")}, "is served"),
    ],
)
def test_contradictions_fail_at_load(change: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        dataclasses.replace(GOOD, **change)


def test_settings_cannot_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        GOOD.port = 1  # type: ignore[misc]  # the very thing that is refused
