"""`excerpt encrypt`: a bundle whose files can be read only with a key."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(name="encrypt")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--out", "target", type=FOLDER, required=True, help="The encrypted bundle's folder.")
@click.option(
    "--passphrase-file",
    type=FILE,
    help="A file whose first line is the passphrase.  [default: $EXCERPT_PASSPHRASE, else asked for]",
)
@click.option("--salt", metavar="HEX", help="16 bytes.  [default: from the bundle's name]")
@click.option(
    "--iterations",
    type=click.IntRange(600_000, 10_000_000),
    default=600_000,
    show_default=True,
    help="Rounds of PBKDF2-HMAC-SHA256: what each guess at the passphrase costs.",
)
@click.option("--key-file", type=FILE, help="The content key, 64 hexadecimal digits, instead of one of ours.")
@click.option(
    "--key-path",
    metavar="PATH",
    help='Where the app asks for the key, with a bearer token: a path of its origin; answer: {"key": "…"}.',
)
def command(
    folder: Path,
    target: Path,
    passphrase_file: Path | None,
    salt: str | None,
    iterations: int,
    key_file: Path | None,
    key_path: str | None,
) -> None:
    """Encrypt the bundle in DIR: graphs, weights and tokenizer with AES-256-GCM, and sign it.

    The key comes from a passphrase, which the page asks for, or from an endpoint (--key-path, --key-file).
    The same bundle, passphrase and salt give the same bytes. The manifest itself stays readable.
    """
    from builder.bundle.encrypting import encrypt_bundle
    from builder.bundle.keys import own_key
    from builder.bundle.passphrases import Passphrase, choose_key
    from builder.bundle.sealing import ensure_sealed
    from builder.pipeline import CACHE

    chosen = choose_key(folder, Passphrase(passphrase_file, salt, iterations), key_file, key_path)
    manifest = encrypt_bundle(folder, target, *chosen)
    ensure_sealed(target, own_key(CACHE))
    files = manifest.files()
    size = sum(entry.bytes for entry in files) / 1e6
    click.echo(f"Encrypted {manifest.name} {manifest.version} in {target}: {len(files)} files, {size:.1f} MB")
