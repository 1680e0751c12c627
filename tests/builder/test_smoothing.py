from __future__ import annotations

import torch
from transformers import LlamaForCausalLM

from builder.export.graph import GraphDecoder
from builder.export.smoothing import channel_factors, measure_loudness, run_decoder, smooth
from tests.builder.llamas import PROMPTS, tiny_llama


def logits(decoder: GraphDecoder, tokens: list[int]) -> torch.Tensor:
    seen: list[torch.Tensor] = []
    hook = decoder.register_forward_hook(lambda _module, _inputs, outputs: seen.append(outputs["logits"]))
    run_decoder(decoder, tokens)
    hook.remove()
    return seen[0]


def loud_llama() -> LlamaForCausalLM:
    """A model in which one channel of every norm is thirty times louder than the others."""
    model = tiny_llama()
    with torch.no_grad():
        for layer in model.model.layers:
            layer.input_layernorm.weight[3] *= 30
            layer.post_attention_layernorm.weight[5] *= 30
    return model


def test_smoothing_changes_the_weights_and_not_the_function() -> None:
    decoder = GraphDecoder(loud_llama())
    before, gain = logits(decoder, PROMPTS[0]), decoder.graph_layers()[0].before_mixer.weight.clone()
    smooth(decoder, PROMPTS)
    assert not torch.allclose(decoder.graph_layers()[0].before_mixer.weight, gain)
    assert (logits(decoder, PROMPTS[0]) - before).abs().max() < 1e-3


def test_a_loud_channel_is_less_loud_afterwards() -> None:
    decoder = GraphDecoder(loud_llama())
    product = decoder.graph_layers()[0].gate_up

    def unevenness() -> float:
        loudness = measure_loudness(decoder, PROMPTS)[product]
        return float(loudness.max() / loudness.median())

    before = unevenness()
    smooth(decoder, PROMPTS)
    assert unevenness() < before / 2


def test_the_checkpoint_itself_is_left_alone(model: LlamaForCausalLM) -> None:
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    smooth(GraphDecoder(model), PROMPTS)
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_factors_balance_around_one_even_for_a_silent_channel() -> None:
    factors = channel_factors(torch.tensor([1.0, 0.1, 0.0]), torch.tensor([[1.0, 0.5, 0.0], [0.2, 1.0, 0.0]]))
    assert torch.isfinite(factors).all()
    assert factors[0] > factors[1]
    assert abs(float(factors.log().mean())) < 1e-5
