"""Graphics processor and processor: one interface, the same answers, and only what answers right is used."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from builder.bundle.keys import own_key
from builder.bundle.manifest import Manifest, parse_manifest, serialize_manifest, with_version
from builder.bundle.sealing import ensure_sealed
from builder.pipeline import CACHE
from tests.browser.engine import extract, read_case, start_engine
from tests.browser.site import Site, altered_bundle

CASES = ("invoice", "receipt")


@pytest.fixture
def gpu_page(gpu_browser: Browser) -> Page:
    context = gpu_browser.new_context()
    context.set_default_timeout(120_000)
    return context.new_page()


def altered_manifest(bundle: Path, target: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """A copy of a bundle with another manifest."""
    altered_bundle(bundle, target, drop="manifest.json")
    manifest = parse_manifest((bundle / "manifest.json").read_bytes())
    (target / "manifest.json").write_bytes(serialize_manifest(with_version(change(manifest))))
    ensure_sealed(target, own_key(CACHE))
    return target


def with_wrong_answer(manifest: Manifest) -> Manifest:
    """The same, but what the graphics processor has to say is not what the model says."""
    variants = [
        dataclasses.replace(
            variant,
            known_answer=dataclasses.replace(
                variant.known_answer, answers=tuple(answer + 1 for answer in variant.known_answer.answers)
            ),
        )
        if variant.backend == "webgpu"
        else variant
        for variant in manifest.variants
    ]
    return dataclasses.replace(manifest, variants=tuple(variants))


def outputs(page: Page) -> list[str]:
    """What the started engine makes of the cases, as it is written."""
    return [extract(page, read_case(name)).bytes for name in CASES]


def test_a_graphics_processor_gives_the_answers_that_the_processor_gives(
    gpu_page: Page, tiny: Site, open_page: Callable[[Site], Page]
) -> None:
    page = open_page(tiny)
    with_gpu = start_engine(gpu_page, tiny.origin)
    without = start_engine(page, tiny.origin)
    assert (with_gpu["variant"], without["variant"]) == ("webgpu-f32", "wasm-int8")
    assert with_gpu["notices"] == []
    answers = outputs(gpu_page)
    assert answers == outputs(page)
    assert answers[0] == extract(gpu_page, read_case(CASES[0]), drafts=False).bytes


@pytest.mark.parametrize("name", ["webgpu-q4f32", "webgpu-q8f32"])
def test_a_graphics_processor_runs_weights_in_blocks(
    gpu_page: Page, tiny_bundle: Path, tmp_path: Path, start_site: Callable[..., Site], name: str
) -> None:
    """That it starts says that it gave the known answers, which were computed in Python."""

    def in_blocks_only(manifest: Manifest) -> Manifest:
        kept = tuple(variant for variant in manifest.variants if variant.name == name)
        return dataclasses.replace(manifest, variants=kept)

    site = start_site(altered_manifest(tiny_bundle, tmp_path / "blocks", in_blocks_only))
    loaded = start_engine(gpu_page, site.origin)
    assert (loaded["variant"], loaded["notices"]) == (name, [])
    answers = outputs(gpu_page)
    assert answers[0] == extract(gpu_page, read_case(CASES[0]), drafts=False).bytes


def test_a_graphics_processor_that_computes_wrong_is_not_used(
    gpu_page: Page, tiny_bundle: Path, tmp_path: Path, start_site: Callable[..., Site]
) -> None:
    site = start_site(altered_manifest(tiny_bundle, tmp_path / "wrong", with_wrong_answer))
    loaded = start_engine(gpu_page, site.origin)
    assert loaded["variant"] == "wasm-int8"
    assert loaded["notices"][0]["message"].startswith(
        "The graphics processor was not used: The model gave 8 of 8 known answers wrong"
    )
    assert outputs(gpu_page)


def test_a_bundle_without_a_variant_for_it_leaves_the_graphics_processor_alone(
    gpu_page: Page, tiny_bundle: Path, tmp_path: Path, start_site: Callable[..., Site]
) -> None:
    def on_processors_only(manifest: Manifest) -> Manifest:
        kept = tuple(variant for variant in manifest.variants if variant.backend == "wasm")
        return dataclasses.replace(manifest, variants=kept)

    site = start_site(altered_manifest(tiny_bundle, tmp_path / "plain", on_processors_only))
    loaded = start_engine(gpu_page, site.origin)
    assert (loaded["variant"], loaded["notices"]) == ("wasm-int8", [])
