"""Models of different families in Chromium, on the processor and on a graphics processor: the tokens are
those that Python says, with drafts that are rejected and branches side by side."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from builder.bundle.manifest import Manifest, Variant, parse_manifest
from builder.bundle.shards import read_weights
from builder.export.session import GraphSession
from server.headers import SecurityHeaders
from tests.browser.conftest import build_of
from tests.browser.engine import extract, read_case, start_engine
from tests.browser.site import CACHE, ROOT, Site
from tests.serving import serve_app

PREFIX = [100 + index * 7919 % 40000 for index in range(61)]
BRANCHES = [[5, 6, 7], [40], [50, 51, 52, 53, 54]]
DRAFT = [11, 12, 13]
COUNT = 12
RECIPES = ("tiny", "tiny-lfm2")


@dataclass(frozen=True)
class Laid:
    """A variant laid out as plain files: `manifest.json`, `graph.onnx` and its weights."""

    folder: Path
    manifest: Manifest
    variant: Variant


@pytest.fixture(scope="session")
def lab() -> Path:
    """The built lab page."""
    target = CACHE / "tests" / "lab"
    vite = ROOT / "web" / "node_modules" / ".bin" / "vite"
    options = ["--outDir", str(target), "--emptyOutDir", "--target", "es2022", "--assetsInlineLimit", "0"]
    command = [str(vite), "build", str(ROOT / "tests" / "web" / "lab"), *options, "--logLevel", "error"]
    built = subprocess.run(command, cwd=ROOT / "web", capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return target


@pytest.fixture(scope="session", params=RECIPES)
def family_bundle(request: pytest.FixtureRequest) -> Path:
    """A small bundle of a family."""
    return build_of(request.param)


def lay(bundle: Path, name: str, target: Path) -> Laid:
    """Lay a bundle's variant out."""
    manifest = parse_manifest((bundle / "manifest.json").read_bytes())
    variant = next(variant for variant in manifest.variants if variant.name == name)
    target.mkdir()
    (target / "manifest.json").symlink_to((bundle / "manifest.json").resolve())
    (target / "graph.onnx").write_bytes((bundle / variant.graph.file).read_bytes())
    weights = b"".join(read_weights(bundle, variant))
    (target / "weights.bin").write_bytes(weights)
    (target / variant.weights_name).write_bytes(weights)
    return Laid(target, manifest, variant)


@pytest.fixture(params=["wasm-int8", "webgpu-f32"])
def laid(request: pytest.FixtureRequest, family_bundle: Path, tmp_path: Path) -> Laid:
    return lay(family_bundle, request.param, tmp_path / "model")


@pytest.fixture
def origin(lab: Path, laid: Laid) -> Iterator[str]:
    """The lab page and the model, under the product's own security headers."""
    routes = [
        Mount("/model", StaticFiles(directory=laid.folder, follow_symlink=True)),
        Mount("/", StaticFiles(directory=lab, html=True)),
    ]
    with serve_app(Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])) as origin:
        yield origin


@pytest.fixture
def lab_page(laid: Laid, browser: Browser, gpu_browser: Browser) -> Iterator[Page]:
    """A page in a browser that has the variant's backend."""
    context = (gpu_browser if laid.variant.backend == "webgpu" else browser).new_context()
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def written_by_python(laid: Laid) -> list[list[int]]:
    """Each branch by itself, token by token, without drafts."""
    session = GraphSession(laid.folder / "graph.onnx", window=laid.manifest.model.window)
    return [write_alone(session, branch) for branch in BRANCHES]


def write_alone(session: GraphSession, branch: list[int]) -> list[int]:
    """The tokens that follow a branch, by greedy choice."""
    session.reset()
    written: list[int] = []
    fed = PREFIX + branch
    for _ in range(COUNT):
        written.append(int(session.feed(fed, 1)[-1].argmax()))
        fed = written[-1:]
    return written


def test_a_browser_writes_what_python_writes(laid: Laid, origin: str, lab_page: Page) -> None:
    lab_page.goto(origin)
    lab_page.wait_for_function("globalThis.write !== undefined")
    task = {
        "variant": laid.variant.name,
        "backend": laid.variant.backend,
        "prefix": PREFIX,
        "branches": BRANCHES,
        "draft": DRAFT,
        "count": COUNT,
    }
    found = lab_page.evaluate("(task) => write(task)", task)
    assert found == written_by_python(laid)
    assert len({tuple(tokens) for tokens in found}) == len(BRANCHES)


def test_the_whole_engine_runs_on_a_family(
    family_bundle: Path, start_site: Callable[[Path], Site], open_page: Callable[[Site], Page]
) -> None:
    site = start_site(family_bundle)
    page = open_page(site)
    assert start_engine(page, site.origin)["notices"] == []
    case = read_case("invoice")
    once = extract(page, case)
    assert once.bytes == extract(page, case, drafts=False).bytes
    assert once.stats["forwards"] > 1
