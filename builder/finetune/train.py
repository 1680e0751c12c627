"""A run: load, draw, step, keep, steer, export."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from builder.finetune.checkpoint import Place, load_checkpoint, save_checkpoint
from builder.finetune.curve import Point
from builder.finetune.data import Mixture, Stream, held_out_examples, load_mixture
from builder.finetune.examples import Example, ExampleMaker
from builder.finetune.export import Outcome, export
from builder.finetune.memory import keep_freed_memory
from builder.finetune.model import MasterAdamW, TunedModel, tune
from builder.finetune.packing import batches, pack, total_size
from builder.finetune.schedule import Schedule, learning_rate
from builder.finetune.start import Start, read_start
from builder.finetune.steer import Steering, steer
from builder.finetune.tuning import TuneRecipe
from builder.finetune.vocabulary import Vocabulary
from builder.recipe import Recipe, basis, load_recipe
from builder.sources import Files
from builder.sources.models import load_model
from builder.tokenizer.reading import read_tokenizer

Measures = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class Order:
    """What a caller wants: the recipe, where the sets lie, where the result goes, whether to go on, how long,
    and the folder of an earlier adapter to begin with."""

    recipe: TuneRecipe
    data: Path
    out: Path
    cache: Path
    resume: bool = False
    minutes: float | None = None
    start: Path | None = None


class Progress:
    """What a run tells while it goes on; the default says nothing."""

    def station(self, text: str) -> None:
        """Something that takes a while begins."""

    def stepped(self, point: Point, schedule: Schedule) -> None:
        """A step is over."""

    def measured(self, step: int, measures: Measures) -> None:
        """The held-out sets were measured."""


@dataclass(frozen=True)
class Workshop:
    """Everything that stands still during a run."""

    recipe: TuneRecipe
    base: Recipe
    vocabulary: Vocabulary
    maker: ExampleMaker
    mixture: Mixture
    key: str
    start: Start | None = None


def finetune(order: Order, progress: Progress) -> Measures:
    """Carry out an order. Raises FinetuneError, RecipeError, SourceError."""
    keep_freed_memory()
    progress.station("Reading the data")
    shop, files = workshop(order)
    progress.station("Loading the base model")
    model = tune(load_model(files), order.recipe.lora, order.recipe.run.seed)
    run = Run(shop, model, order, progress)
    run.go()
    # The adapter is safe before the long measurement begins.
    measures = run.measure()
    export(order.out, model, outcome(shop, model, run, measures))
    progress.station("Measuring on held-out sets, answers written out")
    measures = run.measure(whole=True)
    progress.measured(run.schedule.step, measures)
    export(order.out, model, outcome(shop, model, run, measures))
    return measures


def workshop(order: Order) -> tuple[Workshop, Files]:
    """Read data, prompt and tokenizer; the second part are the base model's files."""
    base = load_recipe(order.recipe.base)
    base.source.settle(order.cache)
    files = base.source.fetch(order.cache)
    vocabulary = Vocabulary(read_tokenizer(files))
    mixture = load_mixture(order.data, order.recipe.data)
    maker = ExampleMaker(base.prompt, vocabulary)
    start = None if order.start is None else read_start(order.start, order.recipe, base)
    key = run_key(order.recipe, base, mixture, start)
    return Workshop(order.recipe, base, vocabulary, maker, mixture, key, start), files


def run_key(recipe: TuneRecipe, base: Recipe, mixture: Mixture, start: Start | None) -> str:
    """What has to be the same for a run to be resumed; its length may change."""
    said = asdict(recipe)
    for name in ("steps", "checkpoint_seconds", "steer_seconds", "steer_records"):
        del said["run"][name]
    parts = [said, base.source.identity(), asdict(base.prompt), mixture.digest, start and start.sha256]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


class Run:
    """The loop, with its place."""

    def __init__(self, shop: Workshop, model: TunedModel, order: Order, progress: Progress) -> None:
        """Begin anew or at the checkpoint in the order's folder."""
        recipe = shop.recipe
        self.shop, self.model, self.order, self.progress = shop, model, order, progress
        self.optimiser = MasterAdamW(model.trainable, recipe.optimiser)
        if shop.start is not None:
            self.optimiser.load(shop.start.weights)
        place = Place(shop.key, 0, 0.0, 0.0, 0, ())
        if order.resume:
            place = load_checkpoint(order.out, self.optimiser, shop.key)
        self.points = list(place.points)
        seconds = None if order.minutes is None else order.minutes * 60
        self.schedule = Schedule(recipe.run.steps, seconds, place.progress, place.step, place.spent)
        self.stream = Stream(shop.mixture, recipe.data, shop.maker, place.drawn)
        held_out = held_out_examples(shop.mixture, recipe.data, shop.maker, recipe.run.steer_records)
        self.held_out = held_out

    def go(self) -> None:
        """Step until the schedule is done; keep and steer now and then, and keep at the end and on the way
        out."""
        kept = steered = time.monotonic()
        run = self.shop.recipe.run
        try:
            while not self.schedule.done:
                self.step()
                if time.monotonic() - kept >= run.checkpoint_seconds:
                    self.aside(self.keep)
                    kept = time.monotonic()
                if time.monotonic() - steered >= run.steer_seconds:
                    self.aside(lambda: self.progress.measured(self.schedule.step, self.measure()))
                    steered = time.monotonic()
        finally:
            if self.points:
                self.keep()

    def aside(self, work: Callable[[], None]) -> None:
        """Do something that is no step; it costs the run's time."""
        began = time.monotonic()
        work()
        self.schedule.lost(time.monotonic() - began)

    def step(self) -> None:
        """One step: the gradient of the weighted mean over its documents, clipped, then one move."""
        began = time.monotonic()
        recipe = self.shop.recipe
        rate = learning_rate(self.schedule.progress, recipe.optimiser)
        examples = self.stream.step(recipe.run.tokens_per_step)
        loss = self.gradient(examples)
        self.optimiser.step(rate)
        seconds = time.monotonic() - began
        self.schedule.moved(seconds)
        self.points.append(
            Point(self.schedule.step, loss, rate, len(examples), total_size(examples), seconds)
        )
        self.progress.stepped(self.points[-1], self.schedule)

    def gradient(self, examples: list[Example]) -> float:
        """Add up the gradient of the examples' weighted mean loss, and return that loss."""
        whole = sum(
            weight for example in examples for branch in example.branches for weight in branch.weights
        )
        total = 0.0
        for group in batches(examples, self.shop.recipe.run.tokens_per_forward):
            loss = self.model.loss(pack(group)) / whole
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss.detach())
        return total

    def keep(self) -> None:
        """Write the checkpoint."""
        place = Place(
            self.shop.key,
            self.schedule.step,
            self.schedule.progress,
            self.schedule.spent,
            self.stream.drawn,
            tuple(self.points),
        )
        save_checkpoint(self.order.out, self.optimiser, place)

    def measure(self, whole: bool = False) -> Measures:
        """The held-out sets' measures; answers are written out where `whole`, which takes minutes."""
        return steer(
            self.model,
            self.held_out,
            Steering(self.shop.vocabulary, self.shop.recipe.run.tokens_per_forward, whole),
        )


def outcome(shop: Workshop, model: TunedModel, run: Run, measures: Measures) -> Outcome:
    """What the card tells."""
    sets = {name: len(records) for name, records in shop.mixture.training.items()}
    device = (
        torch.cuda.get_device_name()
        if model.device.type == "cuda"
        else f"{torch.get_num_threads()} CPU threads"
    )
    said = f"{device} in {str(model.dtype).removeprefix('torch.')}"
    return Outcome(
        shop.recipe,
        shop.base.source.name,
        basis(shop.base),
        run.stream.drawn,
        shop.mixture.digest,
        sets,
        said,
        run.points,
        measures,
        shop.start.stages if shop.start else (),
    )
