"""`excerpt verify`: check a bundle on disk."""

from __future__ import annotations

from pathlib import Path

import click

from builder.verification import verify_files, verify_graph


@click.command(name="verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
def command(folder: Path) -> None:
    """Check a bundle: the manifest's form, the size and hash of every file, and that each graph loads."""
    manifest = verify_files(folder)
    for variant in manifest.variants:
        verify_graph(folder, variant, manifest)
        click.echo(
            f"{variant.name}: the graph loads, {variant.bytes / 1e6:.1f} MB in {len(variant.shards)} shards"
        )
    files = manifest.files()
    size = sum(entry.bytes for entry in files) / 1e6
    click.echo(f"{manifest.name} {manifest.version}: {len(files)} files, {size:.1f} MB, all whole")
