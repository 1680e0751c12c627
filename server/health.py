"""`/healthz`: what is being served, and whether all of it is there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from server.bundle import ServedBundle


class Health:
    """The endpoint for a supervisor: 200 when every file of the bundle is on the disk, else 503."""

    def __init__(self, bundle: ServedBundle, web_version: str) -> None:
        """Report on `bundle` and the web app's `web_version`."""
        self.bundle = bundle
        self.web_version = web_version

    def answer(self, request: Request) -> JSONResponse:
        """Report `status` (`ok` or `incomplete`), the versions, and the bundle's missing files by name."""
        missing = self._missing()
        body = {
            "status": "incomplete" if missing else "ok",
            "bundle": {"name": self.bundle.name, "version": self.bundle.version, "missing": missing},
            "web": {"version": self.web_version},
        }
        return JSONResponse(body, 503 if missing else 200, {"Cache-Control": "no-store"})

    def _missing(self) -> list[str]:
        paths = (form.path for file in self.bundle.resources.values() for form in file.representations)
        return sorted(path.name for path in paths if not path.is_file())
