"""Things sold: lines with quantity and price, and the sums under them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from . import words
from .draft import Facts, Written
from .phrasebook import phrase, phrases
from .scene import Scene

CENT = Decimal("0.01")
SUM_FIELDS = """
    subtotal#: subtotal, net amount, sub total, amount before tax | Sum before tax; Net amount; Sum of the \
        lines
    discount#: discount, rebate, price reduction | Discount that was taken off; Reduction of the price
    *tax#: tax, vat, tax amount, gst | Amount of tax; Tax contained in the total; VAT amount
    rounding#: rounding, rounding adjustment | Amount by which the total was rounded
    *total#: total, total amount, grand total, amount due, sum total | Total amount, tax included; Amount to \
        pay; Final total
"""


@dataclass(frozen=True)
class Line:
    """One thing sold; `code` may be empty."""

    name: str
    quantity: int
    price: Decimal
    code: str

    @property
    def total(self) -> Decimal:
        """Quantity times price."""
        return self.price * self.quantity


@dataclass(frozen=True)
class Sums:
    """Amounts under the lines, each as (label key, amount), in the order of printing; `facts` by "
    "field key."""

    rows: tuple[tuple[str, Written], ...]
    facts: Facts
    total: Written

    @property
    def exact_total(self) -> Decimal:
        """The total as an exact number."""
        return Decimal(str(self.total.normal))


def cents(value: Decimal) -> Decimal:
    """Rounded to hundredths."""
    return value.quantize(CENT, ROUND_HALF_UP)


def tax_within(total: Decimal, rate: int) -> Decimal:
    """The tax that an amount holds, at a rate in per cent."""
    return cents(total * rate / (100 + rate))


def draw_lines(
    scene: Scene, low: int, high: int, table: tuple[str, ...] = words.GOODS, top: float = 90
) -> list[Line]:
    """Different things with prices."""
    coded = scene.chance(0.35)
    names = scene.some(table, low, high)
    return [
        Line(
            name,
            scene.number(1, 5) if scene.chance(0.4) else 1,
            scene.cents(0.5, top),
            scene.reference("#####", "??-###", "%####-##", "############") if coded else "",
        )
        for name in names
    ]


def sum_up(scene: Scene, lines: list[Line]) -> Sums:
    """Subtotal, discount, tax, rounding and total: each part there or not."""
    subtotal = sum((line.total for line in lines), Decimal(0))
    rows: list[tuple[str, Written]] = []
    facts: Facts = {}

    def add(key: str, value: Decimal) -> Written:
        written = scene.priced(value)
        rows.append((key, written))
        facts[key] = written
        return written

    amount = subtotal
    if scene.chance(0.6):
        add("subtotal", subtotal)
    if scene.chance(0.25):
        discount = cents(subtotal * Decimal(scene.pick("0.05", "0.1", "0.15", "0.2")))
        add("discount", discount)
        amount -= discount
    if scene.chance(0.6):
        tax = cents(amount * Decimal(scene.pick("0.05", "0.06", "0.07", "0.08", "0.19", "0.2", "0.21")))
        add("tax", tax)
        amount += tax
    if scene.chance(0.2) and scene.code != "JPY":
        rounded = (amount * 20).quantize(Decimal(1), ROUND_HALF_UP) / 20
        if scene.chance(0.5):
            # A near miss: what there was to pay before it was rounded.
            rows.append(("before rounding", scene.priced(amount)))
        add("rounding", abs(cents(rounded - amount)))
        amount = cents(rounded)
    total = add("total", amount)
    return Sums(tuple(rows), facts, total)


PAID = phrases("payments")


def payment(scene: Scene, total: Decimal) -> tuple[list[tuple[str, str]], Facts]:
    """How it was paid: printed lines (label, value) and facts; often nothing is said."""
    roll = scene.rng.random()
    if roll < 0.27:
        return [], {}
    if roll < 0.55:
        step = Decimal(scene.pick(1, 5, 10))
        given = (total / step).to_integral_value(ROUND_CEILING) * step + Decimal(scene.pick(0, 0, 5, 10))
        paid, change = scene.amount(cents(given)), scene.amount(cents(given - total))
        return [(scene.label("cash"), paid.text), (scene.label("change"), change.text)], {
            "paid_by": "cash",
            "cash": paid,
            "change": change,
        }
    if roll < 0.72:
        digits = scene.reference("####")
        shown = scene.pick(
            f"**** **** **** {digits}", f"XXXX{digits}", f"************{digits}", f"ending in {digits}"
        )
        return [(scene.label("card"), shown)], {"paid_by": "card", "card_number": shown}
    method = scene.pick("card", "card", "card", "cash", "other")
    paid = scene.amount(total)
    facts: Facts = {"paid_by": method}
    return [(paid_word(scene, method), paid.text)], facts | ({"cash": paid} if method == "cash" else {})


def paid_word(scene: Scene, method: str) -> str:
    """How a paper calls a method of payment (`cash`, `card` or `other`)."""
    return phrase(scene, PAID, method)


def currency_in(scene: Scene, written: Written) -> str:
    """The sign or the code that stands beside an amount."""
    return (written.full or "").replace(written.text, "").strip() or scene.sign
