"""What the server is told, as one frozen object; a contradiction fails here, before a socket is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.errors import SettingsError

HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the files are and where to listen.

    `web` is the built web app, `bundle` the folder with `manifest.json`, `cache` a folder of ours for the
    compressed copies. `port` 0 asks the system for a free one. Raises SettingsError.
    """

    web: Path
    bundle: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 8000

    def __post_init__(self) -> None:
        """Refuse what can never work."""
        if not 0 <= self.port <= HIGHEST_PORT:
            raise SettingsError(f"port {self.port} does not exist", f"choose one from 0 to {HIGHEST_PORT}")
        if not self.host.strip():
            raise SettingsError("the host is empty", "give an address such as 127.0.0.1")
        for folder in (self.web, self.bundle):
            if _inside(self.cache, folder):
                raise SettingsError(
                    f"the cache {self.cache} lies inside {folder}, which is served", "put it elsewhere"
                )


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
