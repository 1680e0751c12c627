"""One file of a hub's repository, by the hub's own library: redirects, tokens, and downloads that go on.

Whatever goes wrong leaves as a SourceError that says what to do; the library's messages, which name hosts and
may quote headers, stay out of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import get_hf_file_metadata, hf_hub_download, hf_hub_url
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars
from huggingface_hub.utils import logging as hub_logging

from builder.errors import SourceError

ENDPOINT = "HF_ENDPOINT"
TOKEN = "HF_TOKEN"
UNREACHED = (
    f"check the network, or the hub's address in {ENDPOINT} if it is set, then try again; a download goes on "
    "where it ended"
)


def endpoint() -> str | None:
    """The hub's address from the environment; None for the library's own. Raises SourceError."""
    address = os.environ.get(ENDPOINT, "").rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise SourceError(f"{ENDPOINT} is {address!r}", "set it to the address of a model hub, https://...")
    return address or None


def token() -> str | bool:
    """The token from the environment, or False: none is looked for anywhere else."""
    return os.environ.get(TOKEN) or False


def commit_of(repository: str, file: str, revision: str) -> str:
    """The commit that a revision stands for now. Raises SourceError."""
    url = hf_hub_url(repository, file, revision=revision, endpoint=endpoint())
    with refusals(repository, file, revision):
        found: str | None = get_hf_file_metadata(url, token=token(), endpoint=endpoint()).commit_hash
    if found is None:
        raise SourceError(
            f"the hub named no commit for {repository} at {revision!r}", f"set {ENDPOINT} to a model hub"
        )
    return found


def download(repository: str, file: str, commit: str, folder: Path) -> Path:
    """A file at a commit, in `folder`; nothing is asked of the network where it lies there already.

    Raises SourceError.
    """
    if (folder / file).is_file():
        return folder / file
    with refusals(repository, file, commit):
        path = hf_hub_download(
            repository, file, revision=commit, endpoint=endpoint(), token=token(), local_dir=folder
        )
    return Path(path)


@contextmanager
def refusals(repository: str, file: str, revision: str) -> Iterator[None]:
    """Turn the library's errors into ours, and keep its bars and warnings off the console."""
    verbosity, bars = hub_logging.get_verbosity(), not are_progress_bars_disabled()
    hub_logging.set_verbosity_error()
    disable_progress_bars()
    try:
        yield
    except OSError as error:  # the root of the library's own errors and of those below it
        message, advice = explained(root_of(error), repository, file, revision)
        raise SourceError(message, advice) from error
    finally:
        hub_logging.set_verbosity(verbosity)
        if bars:
            enable_progress_bars()


def root_of(error: Exception) -> BaseException:
    """What lies behind the library's catch-all for files that it could not locate."""
    hidden = error.__cause__ if isinstance(error, LocalEntryNotFoundError) else None
    return hidden or error


def explained(error: BaseException, repository: str, file: str, revision: str) -> tuple[str, str]:
    """What happened, and what to do about it."""
    if isinstance(error, GatedRepoError):
        return (
            f"{repository} is open only to those who asked for access",
            f"ask for it on the repository's page, then set {TOKEN} to a token of that account",
        )
    if isinstance(error, RepositoryNotFoundError):
        return (
            f"the hub has no repository {repository}, or hides it",
            f"correct `repository` in the recipe, or set {TOKEN} to a token that may read it",
        )
    if isinstance(error, RevisionNotFoundError):
        return f"{repository} has no revision {revision!r}", "correct `revision` in the recipe"
    if isinstance(error, EntryNotFoundError) and not isinstance(error, LocalEntryNotFoundError):
        return f"{repository} has no file {file!r} at {revision!r}", "correct `files` in the recipe"
    if isinstance(error, OfflineModeIsEnabled):
        return f"{file} of {repository} is not in the cache", "unset HF_HUB_OFFLINE to fetch it"
    if isinstance(error, HfHubHTTPError):
        return refused(error, repository, file)
    return f"{file} of {repository} could not be fetched ({type(error).__name__})", UNREACHED


def refused(error: HfHubHTTPError, repository: str, file: str) -> tuple[str, str]:
    """What a hub's status means."""
    status = error.response.status_code
    if status in (401, 403):
        return (
            f"the hub refused {file} of {repository} (status {status})",
            f"set {TOKEN} to a token that may read it" + (", this one may not" if token() else ""),
        )
    return f"the hub could not serve {file} of {repository} (status {status})", UNREACHED
