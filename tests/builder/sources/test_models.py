from __future__ import annotations

import dataclasses
import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import torch
    from transformers import AutoModelForCausalLM, LlamaForCausalLM, PreTrainedModel

from builder.errors import BuildError, RecipeError
from builder.export.weights import check_vocabulary, load_weights
from builder.recipe import (
    Recipe,
    load_recipe,
    parse_other_variants,
    recipe_names,
    recipe_path,
    with_random_weights,
)
from builder.sources import Files, RandomSource
from builder.sources.architecture import Architecture
from builder.sources.models import architecture_config, random_model
from builder.tokenizer.reading import read_tokenizer

NO_SPECIAL: dict[str, int | None] = {}


def tiny(seed: int = 0) -> Recipe:
    return dataclasses.replace(load_recipe("tiny"), source=RandomSource("random", seed))


def drawn(architecture: Architecture | None, seed: int = 0) -> PreTrainedModel:
    assert architecture is not None
    return random_model(architecture, seed, NO_SPECIAL)


def test_random_weights_are_the_same_for_the_same_seed() -> None:
    one, two, three = (drawn(tiny().architecture, seed) for seed in (0, 0, 1))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
    assert not torch.equal(one.lm_head.weight, three.lm_head.weight)


def test_drawing_weights_leaves_the_generator_alone() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    drawn(tiny().architecture)
    assert torch.equal(torch.get_rng_state(), before)


def test_random_weights_choose(checkpoint: Files) -> None:
    model = load_weights(tiny(), checkpoint, lambda _: None)
    with torch.no_grad():
        logits = model(torch.tensor([[504, 3575, 282, 4649, 314]])).logits
    assert torch.isfinite(logits).all()
    assert float(logits.std()) > 0.01
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}


def test_the_lent_tokenizer_brings_its_special_tokens(checkpoint: Files) -> None:
    config = load_weights(tiny(), checkpoint, lambda _: None).config
    assert (config.vocab_size, config.bos_token_id, config.eos_token_id) == (49152, 1, 2)


def test_a_setting_that_the_architecture_does_not_know_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"architecture.hidden_sise is not a setting of 'llama' models"):
        drawn({"model_type": "llama", "hidden_sise": 8})


def test_an_architecture_without_a_family_is_refused() -> None:
    with pytest.raises(BuildError, match="the checkpoint is a 'mamba' model"):
        drawn({"model_type": "mamba", "hidden_size": 8})


def test_a_recipe_without_an_architecture_has_no_random_weights() -> None:
    with pytest.raises(RecipeError, match=r"states no \[architecture\] to draw weights for"):
        with_random_weights(dataclasses.replace(tiny(), architecture=None), 0)


# As their publishers count them, the table that embedding and head share once.
PARAMETERS = {
    "lfm2-1.2b-extract": 1_170_340_608,
    "lfm2-350m-extract": 354_483_968,
    "lfm2.5-230m": 229_693_184,
    "qwen3-0.6b": 596_049_920,
    "smollm2-135m-instruct": 134_515_008,
    "smollm2-360m-instruct": 361_821_120,
}


@pytest.mark.parametrize(("name", "count"), PARAMETERS.items())
def test_a_recipes_architecture_is_the_published_one(name: str, count: int) -> None:
    architecture = load_recipe(name).architecture
    assert architecture is not None
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(architecture_config(architecture))
    assert sum(parameter.numel() for parameter in model.parameters()) == count


def test_every_recipe_of_a_real_model_is_counted() -> None:
    texts = {name: recipe_path(name).read_text(encoding="utf-8") for name in recipe_names()}
    own = {name for name, text in texts.items() if parse_other_variants(text, name) is None}
    assert own == {*PARAMETERS, "tiny", "tiny-lfm2"}


def test_the_default_recipe_states_its_checkpoints_architecture(real_model: LlamaForCausalLM) -> None:
    architecture = load_recipe("smollm2-135m-instruct").architecture
    assert architecture is not None
    own = {name: getattr(real_model.config, name) for name in architecture if name != "rms_norm_eps"}
    assert own == {name: value for name, value in architecture.items() if name != "rms_norm_eps"}
    assert real_model.config.rms_norm_eps == pytest.approx(architecture["rms_norm_eps"])


def test_a_tokenizer_of_another_model_is_refused(checkpoint: Files) -> None:
    narrow = dataclasses.replace(tiny(), architecture={**(tiny().architecture or {}), "vocab_size": 4000})
    tokenizer = read_tokenizer(checkpoint)
    check_vocabulary(load_weights(tiny(), checkpoint, lambda _: None), tokenizer)
    with pytest.raises(BuildError, match=r"has 49152 tokens, the model knows 4000; use the tokenizer.json"):
        check_vocabulary(load_weights(narrow, checkpoint, lambda _: None), tokenizer)


def test_a_recipe_may_count_less_far_than_its_model(checkpoint: Files) -> None:
    for wanted, found in ((512, 512), (100_000, 4096)):
        recipe = dataclasses.replace(tiny(), max_positions=wanted)
        assert load_weights(recipe, checkpoint, lambda _: None).config.max_position_embeddings == found


def test_the_default_checkpoint_is_whole_and_real(real_model: LlamaForCausalLM) -> None:
    model = real_model
    assert model.lm_head.weight is model.model.embed_tokens.weight
    assert sum(parameter.numel() for parameter in model.parameters()) == 134_515_008
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}
    assert not any(parameter.is_meta for parameter in model.parameters())
    with torch.no_grad():
        choice = int(model(torch.tensor([[504, 3575, 282, 4649, 314]])).logits[0, -1].argmax())
    assert choice == 7042
