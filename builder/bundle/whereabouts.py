"""A bundle wherever it lies: in a folder, or behind an http(s) address."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urljoin, urlsplit

from builder.bundle.manifest import MANIFEST_NAME
from builder.bundle.signing import SIGNATURE_NAME
from builder.errors import BundleError

PATIENCE_S = 30.0
GONE = (404, 410)


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
            raise missing(name, str(self.path / name), error.strerror or type(error).__name__) from error


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
            with OPENER.open(url, timeout=PATIENCE_S) as response:
                content: bytes = response.read(most_bytes + 1)
                return content
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in GONE:
                raise missing(name, url, f"the server answered {error.code}") from error
            raise unreachable(url, f"the server answered {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise unreachable(url, str(reason) or type(error).__name__) from error


class SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only within an origin: nobody is sent to a place that was not named."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request. Raises BundleError for one to another origin."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            fp.close()
            raise unreachable(req.full_url, f"the server sends on to {newurl[:200]}, another origin")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


OPENER = urllib.request.build_opener(SameOrigin)


def missing(name: str, place: str, why: str) -> BundleError:
    """The error for a file that a bundle lacks: `manifest-missing`, `signature-missing`, `shard-missing`."""
    kind = {MANIFEST_NAME: "manifest", SIGNATURE_NAME: "signature"}.get(name, "shard")
    remedy = "sign the bundle (`excerpt sign`)" if kind == "signature" else "build it (`excerpt build`)"
    return BundleError(
        f"there is no {place} ({why})",
        f"give a bundle's folder or address, or {remedy} and publish it whole",
        f"{kind}-missing",
    )


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
    try:
        parts = urlsplit(where)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BundleError(
            f"{where!r} is no address of a bundle",
            "give a folder or an address that begins with http:// or https://",
            "bundle-address",
        )
    plain = parts._replace(query="", fragment="").geturl()
    return BundleAddress(plain.removesuffix(MANIFEST_NAME).rstrip("/") + "/")
