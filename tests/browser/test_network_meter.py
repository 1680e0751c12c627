"""The meter in the header: equal to what the server saw, and a page that carries nothing out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.app import App
from tests.browser.conftest import Watch
from tests.browser.site import ROOT, Site

OpenPage = Callable[[Site], Page]

# The browser's own look for a newer service worker: no page can see it.
UNSEEN = {"/sw.js"}

RECEIPT = ROOT / "tests" / "files" / "receipt.png"

ATTEMPTS = """async (own) => {
  const quietly = async (act) => { try { await act(); } catch { /* refused, as it should be */ } };
  await quietly(() => fetch(own, { method: "POST", body: "secret" }));
  await quietly(() => fetch(new Request(own, { method: "PUT", body: "secret" })));
  await quietly(() => { const x = new XMLHttpRequest(); x.open("POST", own); x.send("secret"); });
  await quietly(() => navigator.sendBeacon(own, "secret"));
  await quietly(() => new WebSocket(own.replace("http", "ws")));
  await quietly(() => new EventSource(own));
  await quietly(() => new RTCPeerConnection());
}"""

POST = """async () => fetch("/away", { method: "POST", body: "secret" })
  .then(() => "sent", (error) => error.name)"""


def seen(site: Site) -> int:
    """Requests that reached the server, but for those that no page can see."""
    counts: Counter[str] = site.gate.counts()
    return sum(number for path, number in counts.items() if path not in UNSEEN)


def meter_is(app: App, number: int) -> None:
    """Waits until the meter shows so many requests, and nothing sent."""
    meter = app.page.get_by_test_id("meter")
    expect(meter).to_have_attribute("data-requests", str(number))
    expect(meter).to_have_attribute("data-sent", "0")
    expect(meter).to_contain_text("0 bytes of documents sent")


def test_the_meter_counts_what_the_server_saw(tiny: Site, open_page: OpenPage, invoice: str) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    app.text.fill(invoice)
    app.extract()
    app.wait_for_service_worker()
    assert seen(tiny) > 100, "the service worker keeps the shell, and that is counted too"
    meter_is(app, seen(tiny))

    tiny.gate.forget()
    app.page.reload()
    app.model_is("ready")
    tiny.gate.wait_for(lambda counts: counts["/bundle/manifest.sig"] > 0)
    # From the second visit on there is only the look for a newer model.
    assert set(tiny.gate.counts()) - UNSEEN == {"/bundle/manifest.json", "/bundle/manifest.sig"}
    meter_is(app, seen(tiny))


def test_what_the_service_worker_fetches_on_demand_is_counted_once(tiny: Site, open_page: OpenPage) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.wait_for_service_worker()
    tiny.gate.forget()
    app.page.reload()
    app.page.locator('input[type="file"]').first.set_input_files(RECEIPT)
    tiny.gate.wait_for(lambda counts: any("traineddata" in path for path in counts))
    expect(app.page.get_by_text("receipt.png").first).to_be_visible()
    expect(app.text).not_to_have_value("")
    meter_is(app, seen(tiny))


def test_nothing_is_carried_out_by_any_way_there_is(tiny: Site, open_page: OpenPage) -> None:
    page = open_page(tiny)
    app = App(page, tiny.origin)
    app.wait_for_service_worker()
    meter = page.get_by_test_id("meter")
    expect(meter).to_have_attribute("data-trouble", "false")
    page.evaluate(ATTEMPTS, f"{tiny.origin}/away")
    expect(meter).to_have_attribute("data-refused", "7")
    assert tiny.gate.count("/away") == 0
    meter.click()
    details = page.get_by_role("region", name="The network since this page was loaded")
    expect(details).to_contain_text("fetch POST")
    expect(details).to_contain_text("WebSocket")
    expect(details).not_to_contain_text("secret")
    page.keyboard.press("Escape")
    expect(details).to_be_hidden()


def test_what_a_page_did_not_refuse_the_service_worker_does(tiny: Site, open_page: OpenPage) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.wait_for_service_worker()
    unsealed = app.page.context.new_page()
    unsealed.goto(f"{tiny.origin}/healthz")
    assert unsealed.evaluate("() => navigator.serviceWorker.controller?.state") == "activated"
    assert unsealed.evaluate(POST) == "TypeError"
    expect(app.page.get_by_test_id("meter")).to_have_attribute("data-refused", "1")
    assert tiny.gate.count("/away") == 0


def test_another_site_is_refused_and_told(browser: Browser, tiny: Site) -> None:
    context = browser.new_context()
    watch = Watch(context, tiny.origin)
    page = context.new_page()
    app = App(page, tiny.origin)
    page.evaluate("async () => { await fetch('http://127.0.0.1:9/take').catch(() => undefined); }")
    expect(app.page.get_by_test_id("meter")).to_have_attribute("data-trouble", "true")
    assert any("connect-src" in text for text in watch.violations)
    context.close()


def test_a_document_tells_where_it_was_read_and_why_there(
    tiny: Site, open_page: OpenPage, invoice: str
) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    app.text.fill(invoice)
    app.extract()
    tier = app.page.get_by_test_id("tier")
    threads = app.page.evaluate("() => navigator.hardwareConcurrency")
    expect(tier).to_have_attribute("data-tier", "wasm-threads" if threads > 1 else "wasm-single")
    expect(tier).to_contain_text("This browser offers no graphics processor.")


def test_a_page_without_a_network_says_so(tiny: Site, open_page: OpenPage, invoice: str) -> None:
    app = App(open_page(tiny), tiny.origin)
    app.get_model()
    app.wait_for_service_worker()
    badge = app.page.get_by_test_id("offline")
    expect(badge).to_be_hidden()
    app.page.context.set_offline(True)
    expect(badge).to_have_text("Offline. Everything works.")
    app.text.fill(invoice)
    app.extract()
    app.page.context.set_offline(False)
    expect(badge).to_be_hidden()
