"""The road from a recipe to a bundle, station by station.

fetch → tokenizer → float32 graph (checked against transformers, kept in the cache) → variants (measured,
gated) → shards → manifest. The result depends on the recipe, the builder's sources and the pinned versions
only; a hash over the three is kept beside a bundle's place, so that a build with nothing to do is over at
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from builder.bundle.calibration import Calibration
from builder.bundle.keys import own_key
from builder.bundle.manifest import (
    FILE_NAME,
    MANIFEST_NAME,
    FileEntry,
    KnownAnswer,
    Manifest,
    Variant,
    serialize_manifest,
    weights_digest,
    with_version,
)
from builder.bundle.scores import Scores
from builder.bundle.sealing import ensure_sealed
from builder.errors import BuildError
from builder.export.description import FloatGraph, describe, read_float_graph, write_description
from builder.export.weights import describe_source
from builder.recipe import Recipe, VariantRecipe, load_recipe, with_random_weights
from builder.sources import Files
from builder.stamp import bundle_key, graph_key, standing_bundle, write_stamp

if TYPE_CHECKING:
    import onnx
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from tokenizers import Tokenizer

    from builder.bundle.shards import SplitModel

CHECKOUT = Path(__file__).parent.parent
CACHE = CHECKOUT / ".cache"

Report = Callable[[str], None]


@dataclass(frozen=True)
class Work:
    """What the stations of one build share."""

    recipe: Recipe
    folder: Path
    cache: Path
    files: Files
    tokenizer: Tokenizer
    report: Report

    def samples(self, use: Literal["calibrate", "measure"]) -> list[list[int]]:
        """The builder's sample texts as tokens, in the recipe's prompt."""
        from builder.export.figures import sample_prompts

        return sample_prompts(self.tokenizer, self.recipe.prompt, use)


@dataclass(frozen=True)
class Built:
    """The outcome of a build; `fresh` is false when there was nothing to do."""

    folder: Path
    manifest: Manifest
    fresh: bool


def build_bundle(
    recipe: Recipe,
    folder: Path,
    report: Report = lambda _: None,
    cache: Path = CACHE,
    key: Ed25519PrivateKey | None = None,
) -> Built:
    """Build a recipe's bundle in `folder`, or find that it lies there already, and see that it is signed.

    `report` is told of every station as it begins; `key` signs, else this machine's own. Raises RecipeError,
    SourceError, BuildError or KeyFileError.
    """
    recipe.source.settle(cache, report)
    decisive = bundle_key(recipe)
    standing = standing_bundle(folder, decisive, cache)
    manifest = standing or make_bundle(recipe, folder, report, cache)
    if standing is None:
        write_stamp(folder, decisive, manifest, cache)
    ensure_sealed(folder, key or own_key(cache))
    return Built(folder, manifest, fresh=standing is None)


def build_tiny_bundle(folder: Path, seed: int = 0, cache: Path = CACHE, recipe: str = "tiny") -> Manifest:
    """A bundle of random weights for tests, of a recipe by its name: a few layers of 64, with the default
    model's tokenizer."""
    return build_bundle(with_random_weights(load_recipe(recipe), seed), folder, cache=cache).manifest


def make_bundle(recipe: Recipe, folder: Path, report: Report, cache: Path) -> Manifest:
    """Build unconditionally; the manifest is written last."""
    # Torch and the exporter take seconds to import: not before there is something to do.
    from builder.bundle.shards import write_file
    from builder.tokenizer.reading import read_tokenizer, serialize_tokenizer

    report(f"Fetching {recipe.source.name}")
    files = recipe.source.fetch(cache)
    report("Rebuilding the tokenizer")
    work = Work(recipe, folder, cache, files, read_tokenizer(files), report)
    graph = float_graph(work)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = with_version(
        Manifest(
            format=2,
            name=recipe.name,
            version="",
            license=recipe.license,
            source=describe_source(recipe),
            model=graph.description.model,
            cache=graph.description.cache,
            prompt=recipe.prompt,
            tokenizer=write_file(folder, serialize_tokenizer(work.tokenizer), "json"),
            variants=tuple(make_variant(work, wanted, graph) for wanted in recipe.variants),
            calibration=fitting_calibration(recipe, report),
            scores=fitting_scores(recipe, report),
        )
    )
    (folder / MANIFEST_NAME).write_bytes(serialize_manifest(manifest))
    remove_strangers(folder, manifest.files())
    return manifest


def fitting_calibration(recipe: Recipe, report: Report) -> Calibration | None:
    """The recipe's calibration, unless it was fitted for other weights or another prompt."""
    calibration = recipe.calibration
    if calibration is None or calibration.fitted.weights == weights_digest(
        describe_source(recipe), recipe.prompt
    ):
        return calibration
    report("Leaving out a calibration of other weights (`excerpt calibrate` fits anew)")
    return None


def fitting_scores(recipe: Recipe, report: Report) -> Scores | None:
    """The recipe's scores, unless they were measured with other weights or another prompt."""
    scores = recipe.scores
    if scores is None or scores.weights == weights_digest(describe_source(recipe), recipe.prompt):
        return scores
    report("Leaving out scores of other weights (`excerpt eval --record` measures anew)")
    return None


def float_graph(work: Work) -> FloatGraph:
    """The checked float32 graph of a recipe's source, exported unless the cache has it."""
    path = work.cache / "graphs" / f"{work.recipe.name}-{graph_key(work.recipe)}.onnx"
    if (standing := read_float_graph(path)) is not None:
        return standing
    return export_checked(work, path)


def export_checked(work: Work, path: Path) -> FloatGraph:
    """Export the graph, compare it with transformers and describe it; the description comes last.

    A model takes gigabytes: transformers' is let go as soon as its weights and its answers are taken over,
    the decoder as soon as it is written.
    """
    from builder.export.figures import check_logits, model_logits
    from builder.export.graph import GraphDecoder, export_graph
    from builder.export.smoothing import smooth
    from builder.export.weights import check_vocabulary, load_weights

    model = load_weights(work.recipe, work.files, work.report)
    check_vocabulary(model, work.tokenizer)
    expected, architecture = model_logits(model, work.samples("measure")), type(model).__name__
    work.report("Smoothing the channels")
    decoder = GraphDecoder(model)
    del model
    smooth(decoder, work.samples("calibrate"))
    work.report("Exporting the float32 graph")
    export_graph(decoder, path)
    description = describe(decoder, architecture)
    del decoder
    work.report("Comparing the graph with transformers")
    check_logits(expected, path, work.samples("measure"))
    write_description(path, description)
    # Half a gigabyte each: only the last one is kept.
    for earlier in path.parent.glob(f"{work.recipe.name}-{'[0-9a-f]' * 16}.*"):
        if earlier.stem != path.stem:
            earlier.unlink()
    return FloatGraph(path, description)


def make_variant(work: Work, wanted: VariantRecipe, graph: FloatGraph) -> Variant:
    """Make, measure and write one variant. Raises BuildError when it misses its gate."""
    from builder.bundle.shards import split_weights, write_file, write_shards

    work.report(f"Quantising {wanted.name}")
    weights_name = f"{wanted.name}.weights"
    model = browser_graph(work, wanted, graph, weights_name)
    work.report(f"Measuring {wanted.name}")
    figures, answer = measure(work, wanted, graph, model)
    work.report(f"Writing {wanted.name}")
    split = split_weights(model, weights_name)
    graph_entry = write_file(work.folder, split.graph, "onnx")
    shards = write_shards(work.folder, split.weights, wanted.shard_bytes)
    size = graph_entry.bytes + sum(shard.bytes for shard in shards)
    check_size(wanted, size)
    return Variant(
        name=wanted.name,
        backend=wanted.backend,
        requires=wanted.requires,
        graph=graph_entry,
        weights_name=weights_name,
        shards=shards,
        bytes=size,
        figures=figures,
        known_answer=answer,
    )


def check_size(wanted: VariantRecipe, size: int) -> None:
    """Raise BuildError where a variant is a larger download than its recipe allows."""
    if wanted.max_bytes is not None and size > wanted.max_bytes:
        raise BuildError(
            f"{wanted.name} has {size} bytes to download, the recipe allows {wanted.max_bytes}",
            "round its weights to fewer values, or raise the recipe's gate if the size is meant",
        )


def browser_graph(work: Work, wanted: VariantRecipe, graph: FloatGraph, weights_name: str) -> onnx.ModelProto:
    """The variant's graph: its weights in their form, its cache in columns, its attention as its backend has
    it."""
    import onnx

    from builder.bundle.shards import split_weights
    from builder.variants.registry import arranged, quantized

    standard = quantized(onnx.load(graph.path), wanted, work.samples("calibrate"))
    if wanted.backend == "wasm":
        keep_standard(work, wanted.name, split_weights(standard, weights_name), weights_name)
    return arranged(standard, wanted)


def keep_standard(work: Work, variant: str, split: SplitModel, weights_name: str) -> None:
    """Keep the variant with the standard contract, to compare other runtimes on the same weights."""
    folder = work.cache / "standard" / f"{work.recipe.name}-{variant}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / weights_name).write_bytes(split.weights)
    (folder / "model.onnx").write_bytes(split.graph)


def measure(
    work: Work, wanted: VariantRecipe, graph: FloatGraph, model: onnx.ModelProto
) -> tuple[dict[str, float], KnownAnswer]:
    """The variant's figures against the float32 graph, and its known answer. Raises BuildError when it misses
    its gate."""
    from builder.export.figures import divergence, known_answer
    from builder.export.session import GraphSession

    window = graph.description.model.window
    reference = GraphSession(graph.path)
    variant = GraphSession(model.SerializeToString(), window=window)
    samples = work.samples("measure")
    figures = divergence(reference, variant, samples)
    if not figures["kl_divergence"] <= wanted.max_kl_divergence:
        raise BuildError(
            f"{wanted.name} diverges from float32 by {figures['kl_divergence']} nats per token, the recipe "
            f"allows {wanted.max_kl_divergence}",
            "correct the quantisation, or the recipe's gate if the loss is meant",
        )
    return figures, known_answer(reference, variant, samples[0])


def remove_strangers(folder: Path, entries: Iterable[FileEntry]) -> None:
    """Remove files of earlier builds; files that no bundle would name are left alone."""
    wanted = {entry.file for entry in entries}
    for path in folder.iterdir():
        if FILE_NAME.fullmatch(path.name) and path.name not in wanted:
            path.unlink()
