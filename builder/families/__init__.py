"""The families of models that can be built, one file each, found by their `model_type`.

A new family is a new module here that holds a `FAMILY`; nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil

from builder.errors import BuildError
from builder.families.family import Family

__all__ = ["Family", "families", "family_of"]


def families() -> dict[str, Family]:
    """Every family, by `model_type`."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "family"]
    found: list[Family] = [importlib.import_module(f"{__name__}.{name}").FAMILY for name in sorted(names)]
    return {family.model_type: family for family in found}


def family_of(model_type: str) -> Family:
    """The family of a configuration's `model_type`. Raises BuildError where there is none."""
    known = families()
    if model_type not in known:
        raise BuildError(
            f"the checkpoint is a {model_type!r} model",
            f"use one of {', '.join(known)}, or add a module for it to builder/families",
        )
    return known[model_type]
