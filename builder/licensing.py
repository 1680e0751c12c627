"""Licences of models: which are free, and what a person has to see before one that is not is built."""

from __future__ import annotations

from pathlib import Path

from builder.errors import BuildError, RecipeError

# Licences that leave the freedom to use, change and pass on to everybody.
FREE = ("Apache-2.0", "BSD-3-Clause", "MIT")
ACCEPT = "--accept-licence"


def license_complaint(license_name: str, file: str | None) -> str | None:
    """What is wrong with a recipe's licence, or None."""
    if license_name not in FREE and file is None:
        return f"license {license_name!r} is not one of {', '.join(FREE)}: license_file has to tell of it"
    return None


def license_text(path: Path, license_name: str) -> str:
    """What a recipe's file tells of its licence. Raises RecipeError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(
            f"the text on the licence {license_name!r}, {path}, cannot be read ({type(error).__name__})",
            "correct `license_file` in the recipe",
        ) from error


def unaccepted(name: str, license_name: str) -> BuildError:
    """The error for a model whose licence has to be accepted first."""
    return BuildError(
        f"nothing was fetched: the model of {name!r} is under {license_name}, which is not a free licence",
        f"read the licence; if you accept it, build again with {ACCEPT}",
    )
