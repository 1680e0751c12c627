"""`excerpt keys`: the key pairs that bundles are signed with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

DEFAULT_PATH = Path(click.get_app_dir("excerpt")) / "signing.pem"
OTHER_PLACE = "name another with --out"
KEY_FILE = click.Path(path_type=Path, dir_okay=False)


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the option `--key`, as `key_path`."""
    return click.option(
        "--key",
        "key_path",
        type=KEY_FILE,
        metavar="FILE",
        help="The private key to sign with, a PEM file.  [default: $EXCERPT_KEY, else the development key]",
    )(command)


def signing_key(path: Path | None) -> Ed25519PrivateKey:
    """The key in `path`, else that of EXCERPT_KEY, else the development key, which is told when it is made.

    Raises KeyFileError.
    """
    from builder.bundle.keys import chosen_path, development_key, development_path, load_key
    from builder.pipeline import CACHE

    chosen = path or chosen_path()
    if chosen is not None:
        return load_key(chosen)
    key, fresh = development_key(CACHE)
    if fresh:
        click.echo(f"Made this machine's development key ({development_path(CACHE)}); --key takes your own")
    return key


def pinned_keys() -> list[bytes]:
    """The raw public keys to build an app with: those that are trusted here, else that of a development key
    made now. Raises KeyFileError."""
    from builder.bundle.keys import trusted_keys
    from builder.bundle.signing import public_bytes
    from builder.pipeline import CACHE

    return trusted_keys(CACHE) or [public_bytes(signing_key(None))]


@click.group(name="keys")
def command() -> None:
    """Make and show the keys that bundles are signed with.

    An app opens the bundles whose public keys were pinned into it when it was built.
    """


@command.command()
@click.option(
    "--out", type=KEY_FILE, default=DEFAULT_PATH, show_default=True, help="Where the private key goes."
)
def new(out: Path) -> None:
    """Make a key pair.

    The private key stays in its file, for its owner's eyes; keep a copy of it in a safe place.
    """
    from builder.bundle.keys import KeyFileError, new_key
    from builder.bundle.signing import public_bytes

    try:
        key = new_key(out)
    except FileExistsError as error:
        raise KeyFileError(f"there is a file {out} already", OTHER_PLACE) from error
    except OSError as error:
        raise KeyFileError(
            f"{out} cannot be written ({error.strerror})", "name another with --out"
        ) from error
    click.echo(f"The private key is in {out}")
    _show(public_bytes(key))


@command.command()
@click.argument("file", required=False, metavar="[FILE|HEX]")
def show(file: str | None) -> None:
    """Print a key's public part: of FILE, else of the keys that are trusted here."""
    from builder.bundle.keys import KeyFileError, load_public, trusted_keys
    from builder.pipeline import CACHE

    keys = trusted_keys(CACHE) if file is None else [load_public(file)]
    if not keys:
        raise KeyFileError("there is no key here yet", "make one with `excerpt keys new` or `excerpt up`")
    for public in keys:
        _show(public)


def _show(public: bytes) -> None:
    from builder.bundle.keys import TRUSTED_VARIABLE
    from builder.bundle.signing import key_id

    click.echo(f"Key {key_id(public)}, for an app that opens its bundles: {TRUSTED_VARIABLE}={public.hex()}")
