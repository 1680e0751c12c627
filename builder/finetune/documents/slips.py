"""Slips for a service: parking, a ride, a toll, a laundry. They list nothing that was bought."""

from __future__ import annotations

from . import layout, tills, words
from .draft import Draft, Facts
from .goods import cents, paid_word
from .receipts import RECEIPT
from .registry import kind
from .scene import Scene

SERVICES = {
    "parking": (("{c} Car Park", "{s} Parking", "Garage {s}", "P+R {c}"),
        (("Space", "%##"), ("Plate", "?? ### ??"), ("Level", "%"), ("Meter", "##"))),
    "ride": (("{s} Cabs", "{c} Taxi", "Taxi {l}", "{s} Minicars"),
        (("Car", "%##"), ("Licence", "#####"), ("Trip km", "%.#"), ("Driver ID", "####"))),
    "toll": (("{s} Bridge", "{c} Tunnel", "{s} Motorway"),
        (("Lane", "%#"), ("Class", "%"), ("Toll point", "?##"))),
    "laundry": (("{s} Laundry", "{l} Dry Cleaning"), (("Ticket", "####"), ("Kg", "%.#"), ("Machine", "%#"))),
    "museum": (("{c} Museum", "{s} Baths", "{c} Zoo"),
        (("Adult", "%"), ("Desk", "%"), ("Ticket", "########"))),
}  # fmt: skip
TIMES = ("Start", "End", "Arrival", "Departure", "Pick up", "Until", "Valid to", "From")
FEES = ("Surcharge", "Booking fee", "Night rate", "Luggage", "Extras", "Waiting time")


@kind("commerce people", RECEIPT, titles=("receipt", "ticket", "payment slip"), weight=3)
def service_slip(scene: Scene) -> Draft:
    """A slip with a name, some times, codes and an amount."""
    names, codes = SERVICES[scene.pick(*SERVICES)]
    company = scene.word(names).format(
        c=scene.city(), s=scene.word(words.BRAND_STEMS), l=scene.fake.last_name()
    )
    facts: Facts = {"company": company.upper() if scene.chance(0.4) else company}
    lines = [str(facts["company"])]
    if scene.chance(0.3):
        facts["address"] = scene.address(0).one_line()
        lines.append(str(facts["address"]))
    rows = [
        (label, scene.reference(pattern)) for label, pattern in scene.rng.sample(codes, scene.number(1, 3))
    ]
    day = scene.day()
    if scene.chance(0.8):
        facts["date"] = day
        moments = [(label, f"{day.text} {scene.clock()}") for label in scene.some(TIMES, 1, 2)]
        if len(moments) > 1 and scene.chance(0.4):
            moments[1] = (moments[1][0], scene.clock())
        rows += moments
    charged, money = charges(scene)
    facts |= money
    style = scene.pick("bare", "colon", "aligned", "dots")
    parts = [layout.pairs(scene.rng, rows, style), charged, scene.maybe(scene.label("thanks"), 0.3)]
    text = layout.stack(*lines, *parts)
    return Draft(text, {**tills.currency_shown(scene, text), **facts})


def charges(scene: Scene) -> tuple[str, Facts]:
    """What it cost and how it was paid: with extras, with the sum alone, the method beside the amount or
    under it."""
    total = scene.cents(1, 80)
    facts: Facts = {}
    written = scene.priced(total) if scene.chance(0.6) else scene.amount(total)
    facts["total"] = written
    method = scene.pick("cash", "cash", "card", "card", "other", "")
    paid = paid_word(scene, method) if method else ""
    facts |= {"paid_by": method} if method else {}
    if paid and scene.chance(0.3):
        return f"{written} {paid}" if scene.chance(0.6) else f"{paid} {written}", facts
    rows = []
    if scene.chance(0.5) and total > 3:
        extra = cents(total / scene.number(4, 12))
        rows.append((scene.pick("Fare", "Fee", "Charge", "Tariff", "Net"), scene.amount(total - extra).text))
        rows.append((scene.pick(*FEES), scene.amount(extra).text))
    rows.append((scene.label("total"), str(written)))
    body = layout.pairs(scene.rng, rows, scene.pick("aligned", "colon", "bare", "dots", "tab"))
    return layout.stack(body, scene.pick("{}", "Paid: {}", "Payment: {}").format(paid) if paid else ""), facts
