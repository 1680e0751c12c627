"""Every error of the server, in one leaf file, and the JSON that a client gets for one.

ExcerptError (builder.errors); each of these ends the start, before anything is served
├── SettingsError    the settings contradict themselves
├── WebBuildError    the web app has not been built
├── BundleError      the bundle is missing or broken (builder.errors, too)
└── AddressError     the host or port cannot be listened on

HTTPException (starlette: becomes an answer)
└── FileUnavailable  a known file is not on the disk as it should be

An answer to a failed request is `{"error": {"code", "message", "advice"}}`, and never repeats what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from builder.errors import ExcerptError


class SettingsError(ExcerptError):
    """The settings contradict themselves."""


class WebBuildError(ExcerptError):
    """The web app has not been built, or not whole."""


class AddressError(ExcerptError):
    """The host or port cannot be listened on."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a client is told about a status: a stable code, what happened, what to do."""

    code: str
    message: str
    advice: str


EXPLANATIONS: Mapping[int, Explanation] = {
    400: Explanation("bad-request", "The request could not be read.", "Send it again, well-formed."),
    404: Explanation("not-found", "There is nothing at this address.", "Open the start page, /."),
    405: Explanation("method-not-allowed", "This server only gives out files.", "Use GET or HEAD."),
    406: Explanation("not-acceptable", "This file has no encoding that was asked for.", "Accept identity."),
    416: Explanation("range-not-satisfiable", "The range lies behind the file's end.", "Ask for less."),
    500: Explanation("internal", "The server failed on this request.", "The operator finds it in the log."),
}


class FileUnavailable(HTTPException):
    """A file that the table names is missing from the disk or has another size than it should."""

    def __init__(self, explanation: Explanation) -> None:
        """Answer 404 with `explanation`."""
        super().__init__(404, explanation.message)
        self.explanation = explanation


def error_response(
    status: int, explanation: Explanation, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The JSON answer for `status`; no cache may keep it."""
    error = {"code": explanation.code, "message": explanation.message, "advice": explanation.advice}
    return JSONResponse({"error": error}, status, {**(headers or {}), "Cache-Control": "no-store"})


async def answer_http_exception(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for HTTPException: 404, 405 and whatever an endpoint raises."""
    if isinstance(error, FileUnavailable):
        return error_response(error.status_code, error.explanation)
    if not isinstance(error, HTTPException):
        raise TypeError(f"only HTTPException is answered here, not {type(error).__name__}")
    return error_response(error.status_code, explain(error.status_code), error.headers)


def explain(status: int) -> Explanation:
    """The explanation of `status`; for a status without one, its name in the HTTP standard."""
    known = EXPLANATIONS.get(status)
    if known is not None:
        return known
    name = HTTPStatus(status)
    return Explanation(name.phrase.lower().replace(" ", "-"), f"{name.phrase}.", "See the status code.")
