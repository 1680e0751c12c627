from __future__ import annotations

import typing

from builder.recipe import VariantRecipe
from builder.variants.registry import BACKENDS, FEATURES, QUANTIZATIONS


def test_a_recipe_may_name_what_there_is() -> None:
    hints = typing.get_type_hints(VariantRecipe)
    assert set(typing.get_args(hints["quantization"])) == set(QUANTIZATIONS)
    assert set(typing.get_args(hints["backend"])) == set(BACKENDS)
    (feature, _) = typing.get_args(hints["requires"])
    assert set(typing.get_args(feature)) == set(FEATURES)
