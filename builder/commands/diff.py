"""`excerpt diff`: what an update from one bundle to another would download."""

from __future__ import annotations

import json

import click
from rich.table import Table

from builder.bundle.difference import Difference, VariantDifference, compare
from builder.bundle.manifest import MANIFEST_NAME, MAX_MANIFEST_BYTES, FileEntry, Manifest, parse_manifest
from builder.bundle.whereabouts import find_bundle
from builder.commands.console import wide_console

# 1 says that the comparison failed, 2 that it was asked wrongly (see `builder/cli.py`).
DIFFER = 3


@click.command(name="diff")
@click.argument("older", metavar="A")
@click.argument("newer", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Every file by name, as JSON.")
@click.pass_context
def command(ctx: click.Context, older: str, newer: str, as_json: bool) -> None:
    """Say what a device that keeps bundle A would download to have bundle B.

    A and B are folders or http(s) addresses of bundles. Only their manifests are read.

    Exit code 0: the two are the same; 3: they differ.
    """
    difference = compare(read_manifest(older), read_manifest(newer))
    if as_json:
        click.echo(json.dumps(described(difference), indent=2, ensure_ascii=False))
    else:
        print_table(difference)
    ctx.exit(DIFFER if difference.differs else 0)


def read_manifest(where: str) -> Manifest:
    """The manifest of a bundle in a folder or at an address. Raises BundleError."""
    return parse_manifest(find_bundle(where).read(MANIFEST_NAME, MAX_MANIFEST_BYTES))


def print_table(difference: Difference) -> None:
    """One row for each variant of the newer bundle, and a sentence on what the figures do not say."""
    older, newer = difference.older, difference.newer
    table = Table(title=f"{older.name} {older.version} → {newer.name} {newer.version}")
    table.add_column("Variant")
    for column in ("To download", "Shared", "No longer needed"):
        table.add_column(column, justify="right")
    for variant in difference.variants:
        table.add_row(*row(variant))
    wide_console().print(table)
    for name in difference.removed:
        click.echo(f"{name} is only in the older bundle.")
    if not difference.differs:
        click.echo("The two are the same.")
    elif not any(variant.download for variant in difference.variants):
        click.echo("Only the manifest differs: an update fetches no file.")


def row(variant: VariantDifference) -> tuple[str, str, str, str]:
    """A variant's cells."""
    return (
        variant.name,
        amount(variant.download),
        amount(variant.shared),
        f"{variant.replaced_bytes / 1e6:.1f} MB",
    )


def amount(entries: tuple[FileEntry, ...]) -> str:
    """`12.3 MB in 4 files`."""
    size = sum(entry.bytes for entry in entries) / 1e6
    return f"{size:.1f} MB in {len(entries)} file{'' if len(entries) == 1 else 's'}"


def described(difference: Difference) -> dict[str, object]:
    """The difference as plain data; sizes in bytes."""
    return {
        "differs": difference.differs,
        "from": version_of(difference.older),
        "to": version_of(difference.newer),
        "variants": [described_variant(variant) for variant in difference.variants],
        "removed_variants": list(difference.removed),
    }


def version_of(manifest: Manifest) -> dict[str, str]:
    """What tells a bundle from others."""
    return {"name": manifest.name, "version": manifest.version}


def described_variant(variant: VariantDifference) -> dict[str, object]:
    """A variant's part of `described`."""
    return {
        "name": variant.name,
        "download_bytes": variant.download_bytes,
        "shared_bytes": variant.shared_bytes,
        "replaced_bytes": variant.replaced_bytes,
        "download": [listed(entry) for entry in variant.download],
        "shared": [listed(entry) for entry in variant.shared],
    }


def listed(entry: FileEntry) -> dict[str, object]:
    """A file's line."""
    return {"file": entry.file, "bytes": entry.bytes}
