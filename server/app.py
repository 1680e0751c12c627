"""The app: every route in one table, every file known before the first request."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from server.access import AccessLog
from server.bundle import read_bundle
from server.errors import answer_http_exception
from server.files import Files
from server.headers import SecurityHeaders
from server.health import Health
from server.settings import Settings
from server.webapp import web_resources, web_version


def create_app(settings: Settings) -> Starlette:
    """Read the web app and the bundle, make the app that serves them. Raises WebBuildError, BundleError."""
    copies = settings.cache / "served"
    web = web_resources(settings.web, copies)
    bundle = read_bundle(settings.bundle, copies)
    routes = [
        Route("/healthz", Health(bundle, web_version(web)).answer),
        Route("/{path:path}", Files({**web, **bundle.resources}).answer),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders), Middleware(AccessLog)],
        exception_handlers={HTTPException: answer_http_exception},
    )
