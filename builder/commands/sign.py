"""`excerpt sign`: sign a bundle that lies in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.keys import key_option, signing_key

LIFETIME_DAYS = 365
LONGEST_DAYS = 3650


@click.command(name="sign")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@key_option
@click.option(
    "--expires",
    "days",
    type=click.IntRange(1, LONGEST_DAYS),
    default=LIFETIME_DAYS,
    show_default=True,
    metavar="DAYS",
    help="How long the signature is good.",
)
def command(folder: Path, key_path: Path | None, days: int) -> None:
    """Sign the bundle in DIR: write manifest.sig beside its manifest.json, over one that is there.

    $SOURCE_DATE_EPOCH, where it is set, is the time of signing.
    """
    from builder.bundle.sealing import seal, signing_time
    from builder.bundle.signing import DAY, day, key_id, public_bytes

    key = signing_key(key_path)
    issued = signing_time()
    seal(folder, key, issued, days)
    until = day(issued + days * DAY)
    click.echo(f"Signed {folder} with the key {key_id(public_bytes(key))}, good until {until}")
