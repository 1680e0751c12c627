"""The base model with its low-rank layers, the loss of a batch, and the optimiser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor
from torch.nn import functional
from transformers import LlamaForCausalLM

from builder.finetune.attention import NAME, added
from builder.finetune.lora import LoraLinear, add_lora
from builder.finetune.packing import Batch
from builder.finetune.tuning import LoraRecipe, OptimiserRecipe

PREFIX = "base_model.model."


def best_device() -> torch.device:
    """The accelerator where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fast_type(device: torch.device) -> torch.dtype:
    """bfloat16 where the processor multiplies it, float32 elsewhere."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    check = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return torch.bfloat16 if check is not None and check() else torch.float32


@dataclass(frozen=True)
class TunedModel:
    """A frozen base in a fast type, its low-rank layers by their names in the model."""

    base: LlamaForCausalLM
    layers: dict[str, LoraLinear]
    device: torch.device
    dtype: torch.dtype

    @property
    def trainable(self) -> dict[str, torch.nn.Parameter]:
        """The adapter's parameters under the names that adapter files use."""
        return {
            f"{PREFIX}{name}.{part}.weight": parameter
            for name, layer in self.layers.items()
            for part, parameter in (("lora_A", layer.lora_A), ("lora_B", layer.lora_B))
        }

    def logits(self, batch: Batch) -> Tensor:
        """The logits [targets, vocabulary] at the places whose next token counts, in float32."""
        batch = batch.to(self.device)
        hidden = self.base.model(
            input_ids=batch.tokens,
            position_ids=batch.positions,
            use_cache=False,
            documents=[added(mask, self.dtype) for mask in batch.masks],
        ).last_hidden_state
        return cast(Tensor, self.base.lm_head(hidden[0, batch.places])).float()

    def loss(self, batch: Batch) -> Tensor:
        """The weighted sum of a batch's cross-entropies; the caller divides by the weights of its step."""
        targets, weights = batch.targets.to(self.device), batch.weights.to(self.device)
        return (functional.cross_entropy(self.logits(batch), targets, reduction="none") * weights).sum()


def tune(
    base: LlamaForCausalLM,
    recipe: LoraRecipe,
    seed: int,
    device: torch.device | None = None,
    dtype: torch.dtype | None = None,
) -> TunedModel:
    """Put fresh low-rank layers on a base model; `seed` decides their first weights.

    Device and type are the best there are unless given.
    """
    device = device or best_device()
    dtype = dtype or fast_type(device)
    base.config._attn_implementation = NAME
    # Parameters only: rotary frequencies are a buffer, and positions drift where they are rounded.
    for parameter in base.parameters():
        parameter.requires_grad_(False)
        parameter.data = parameter.data.to(dtype)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layers = add_lora(base, recipe)
    base.to(device)
    return TunedModel(base, layers, device, dtype)


class MasterAdamW:
    """AdamW on float32 copies of parameters that compute in a shorter type, so that small moves are not
    lost."""

    def __init__(self, parameters: dict[str, torch.nn.Parameter], recipe: OptimiserRecipe) -> None:
        """Copy the parameters."""
        self.parameters, self.clip = parameters, recipe.clip
        self.masters = {name: parameter.detach().float().clone() for name, parameter in parameters.items()}
        self.inner = torch.optim.AdamW(
            self.masters.values(),
            lr=recipe.learning_rate,
            betas=(0.9, 0.99),
            weight_decay=recipe.weight_decay,
        )

    def step(self, rate: float) -> None:
        """Clip the gradient, move the copies, round them back into the parameters, forget the gradient."""
        for name, parameter in self.parameters.items():
            self.masters[name].grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(self.masters.values(), self.clip)
        for group in self.inner.param_groups:
            group["lr"] = rate
        self.inner.step()
        self.publish()

    def publish(self) -> None:
        """Round the copies into the parameters."""
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                parameter.copy_(self.masters[name])

    def restore(self, masters: dict[str, Tensor], state: dict[str, object]) -> None:
        """Go on from kept copies and a kept state of AdamW."""
        self.inner.load_state_dict(state)
        self.load(masters)

    def load(self, masters: dict[str, Tensor]) -> None:
        """Take over kept copies."""
        for name, master in self.masters.items():
            master.copy_(masters[name])
        self.publish()
