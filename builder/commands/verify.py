"""`excerpt verify`: check a bundle in a folder or on a server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from builder.bundle.manifest import Manifest
    from builder.bundle.whereabouts import Whereabouts


@click.command(name="verify")
@click.argument("where", metavar="DIR|URL")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="FILE|HEX",
    help="A public key to trust; more than one may be given.  [default: those of this machine]",
)
def command(where: str, keys: tuple[str, ...]) -> None:
    """Check a bundle: signature, manifest, and the size and hash of every file.

    Of a bundle in a folder each graph is loaded, too. Of one at an http(s) address nothing is kept, and no
    redirect to another origin is followed. Exit code 0: all is right.
    """
    from builder.bundle.keys import load_public, trusted_keys
    from builder.bundle.signing import day
    from builder.bundle.verification import read_signed
    from builder.bundle.whereabouts import find_bundle
    from builder.pipeline import CACHE

    bundle = find_bundle(where)
    trusted = [load_public(key) for key in keys] or trusted_keys(CACHE)
    signed = read_signed(bundle, trusted, int(time.time()))
    manifest, signature = signed.manifest, signed.signature
    times = f"on {day(signature.issued)}, good until {day(signature.expires)}"
    click.echo(f"Signed by the key {signature.key_id} {times}")
    _check_files(bundle, manifest)
    _check_graphs(bundle, manifest)
    files = manifest.files()
    size = sum(entry.bytes for entry in files) / 1e6
    click.echo(f"{manifest.name} {manifest.version}: {len(files)} files, {size:.1f} MB, all whole")


def _check_files(bundle: Whereabouts, manifest: Manifest) -> None:
    """Name every file that is wrong. Raises BundleError where there is one."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from builder.bundle.verification import RESTORE, faults
    from builder.errors import BundleError

    files = manifest.files()
    console = Console(stderr=True)
    columns = (TextColumn("Checking"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("files", total=sum(entry.bytes for entry in files))
        wrong = list(faults(bundle, manifest, lambda entry: progress.advance(task, entry.bytes)))
    for fault in wrong:
        click.echo(fault.message, err=True)
    if wrong:
        raise BundleError(f"{len(wrong)} of {len(files)} files are wrong", RESTORE, wrong[0].code)


def _check_graphs(bundle: Whereabouts, manifest: Manifest) -> None:
    """Load every graph of a bundle that lies in a folder. Raises BundleError."""
    from builder.bundle.verification import verify_graph
    from builder.bundle.whereabouts import BundleFolder

    if not isinstance(bundle, BundleFolder):
        return
    if manifest.encryption is not None:
        click.echo("The files are encrypted: whether the graphs load is not checked")
        return
    for variant in manifest.variants:
        verify_graph(Path(bundle.path), variant, manifest)
        click.echo(
            f"{variant.name}: the graph loads, {variant.bytes / 1e6:.1f} MB in {len(variant.shards)} shards"
        )
