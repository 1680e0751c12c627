"""A bundle wherever it lies: in a folder, or behind an http(s) address."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from builder.errors import BundleError
from builder.manifest import MANIFEST_NAME

PATIENCE_S = 30.0


class Whereabouts(Protocol):
    """Gives a bundle's files by name; `str()` says where they lie."""

    def read(self, name: str, most_bytes: int) -> bytes:
        """A file's content, cut behind `most_bytes` + 1 bytes: a longer one than expected is seen, not kept.

        Raises BundleError where there is no such file or it cannot be read.
        """


@dataclass(frozen=True)
class BundleFolder:
    """A folder on this machine."""

    path: Path

    def __str__(self) -> str:
        """Name the folder."""
        return str(self.path)

    def read(self, name: str, most_bytes: int) -> bytes:
        """See `Whereabouts`."""
        try:
            with (self.path / name).open("rb") as file:
                return file.read(most_bytes + 1)
        except OSError as error:
            raise BundleError(
                f"there is no {name} in {self.path} that can be read ({error.strerror})",
                "give a bundle's folder or address, or run `excerpt build`",
                "bundle-missing",
            ) from error


@dataclass(frozen=True)
class BundleAddress:
    """A folder behind an http(s) address that ends with a slash."""

    url: str

    def __str__(self) -> str:
        """Name the address."""
        return self.url

    def read(self, name: str, most_bytes: int) -> bytes:
        """See `Whereabouts`."""
        url = urljoin(self.url, name)
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_S) as response:
                content: bytes = response.read(most_bytes + 1)
                return content
        except urllib.error.HTTPError as error:
            error.close()
            raise unreachable(url, f"the server answered {error.code}") from error
        except (OSError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise unreachable(url, str(reason) or type(error).__name__) from error


def unreachable(url: str, why: str) -> BundleError:
    """The error for a file that a server does not give."""
    return BundleError(
        f"{url} cannot be fetched: {why}",
        "check the address (a bundle's folder or its manifest.json) and that its server answers",
        "bundle-unreachable",
    )


def find_bundle(where: str) -> Whereabouts:
    """The bundle in a folder or at an http(s) address; either may name the manifest itself.

    Raises BundleError for an address of another kind or with no host.
    """
    if "://" not in where:
        path = Path(where)
        return BundleFolder(path.parent if path.name == MANIFEST_NAME else path)
    parts = urlsplit(where)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BundleError(
            f"{where!r} is no address of a bundle",
            "give a folder or an address that begins with http:// or https://",
            "bundle-address",
        )
    plain = parts._replace(query="", fragment="").geturl()
    return BundleAddress(plain.removesuffix(MANIFEST_NAME).rstrip("/") + "/")
