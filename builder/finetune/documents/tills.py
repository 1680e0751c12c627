"""What stands on a till receipt beside the facts asked for: registration, a customer, sums of other things.

These are near misses: amounts called totals that are not the total, an address that is not the shop's,
numbers of other kinds.
"""

from __future__ import annotations

import re

from . import layout, words
from .draft import Facts, Written
from .goods import Line, Sums, cents, tax_within
from .scene import Scene

LINES = ("Jalan", "Street", "Road", "Lane", "Avenue", "Marg", "Crescent", "Drive", "Lorong", "Quay")
PARKS = ("Taman", "Park", "Garden", "Estate", "Industrial Park", "Business Park", "Centre", "Nagar", "Plaza")
HALLS = ("Mall", "Shopping Centre", "Arcade", "Terminal", "Food Court", "Galleria", "Retail Park", "Outlet")
AREAS = ("North", "Selatan", "West", "Barat", "Central", "South", "Utara", "Timur")


def site_address(scene: Scene) -> list[str]:
    """An address as trading estates and malls have it: a lot or a unit, a road with a number, a quarter, the
    town with its region."""
    stem = scene.word(words.BRAND_STEMS)
    plot = scene.pick(
        f"Lot {scene.reference('%##', '%-##', 'G-##', 'L%-##')}",
        f"No. {scene.reference('%#', '%#-?', '%, %#', '%-G')}",
        f"No {scene.reference('%#', '%##')}",
        f"Unit {scene.reference('%-##', '?%', '%#-#')}",
        f"Shop {scene.reference('%#', '?##')}",
        scene.reference("%#, %#", "%# & %#", "%#-%#"),
    )
    level = scene.pick("", "", f"Level {scene.number(1, 6)}", "Ground Floor", f"{scene.number(2, 9)}th Floor")
    road = f"{scene.pick(*LINES)} {stem} {scene.reference('%', '%/%#', '%?', '')}".strip()
    quarter = scene.pick(
        "",
        f"{scene.pick(*PARKS)} {scene.city()}",
        f"{stem} {scene.pick(*HALLS)}",
        f"Sector {scene.number(1, 40)}",
    )
    town = f"{scene.reference('#####', '######', '####')} {scene.city()}"
    region = scene.pick("", "", f"{scene.fake.last_name()} {scene.pick(*AREAS)}", scene.city())
    parts = [plot if not level else f"{plot}, {level}", road, quarter, town, region]
    kept = [part for part in parts if part]
    return [f"{kept[0]}, {kept[1]}", *kept[2:]] if scene.chance(0.6) else kept


def shop_name(scene: Scene) -> str:
    """The name at the head: of a shop or of its company, at times with its branch and legal form, or in two
    lines."""
    name = scene.company() if scene.chance(0.35) else scene.shop()
    style = scene.rng.random()
    if style < 0.12:
        form = scene.word(words.LEGAL_FORMS.get(scene.language, words.LEGAL_FORMS["en"]))
        name = f"{scene.shop()} ({scene.city()}) {form}".strip()
    elif style < 0.2:
        name = f"{name}\n{scene.word(words.BRAND_STEMS)} {scene.pick(*HALLS)}"
    if scene.chance(0.1):
        name = layout.wrapped(name, scene.number(14, 22))
    return name.upper() if scene.chance(0.3) else name


def registration(scene: Scene) -> str:
    """The number under which a shop is registered."""
    number = scene.reference("######-?", "%#######-?", "############", "######")
    return scene.pick(
        f"({number})",
        f"(Co. No. {number})",
        f"Reg No: {number}",
        f"Co.Reg.No : {number}",
        f"ROC NO. {number}",
    )


def scribble(scene: Scene) -> list[str]:
    """What stands above the name of the shop; mostly nothing."""
    if scene.chance(0.88):
        return []
    return [
        scene.pick(scene.person(), "REPRINT", "COPY", "Customer copy", "POSTED", scene.reference("#", "###"))
    ]


def stamp(scene: Scene, day: Written, clock: str) -> tuple[str, Facts]:
    """A line with the date and no word that says so, among codes of the till."""
    code = scene.reference("??## ??##", "?#### ##", "######", "T# R######", "??-####", "ID:####")
    weekday = scene.fake.day_of_week()
    facts: Facts = {"date": day}
    if scene.chance(0.75):
        facts["time"] = clock
        shapes = (
            "{day} {clock}",
            "{day} {clock} {code}",
            "{clock} {code} {day}",
            "{clock}  {day}",
            "{code} {day} {clock}",
        )
        return scene.pick(*shapes).format(day=day.text, clock=clock, code=code), facts
    bare = ("{day}", "{day}  {code}", "{weekday}, {day}", "{code}  {day}")
    return scene.pick(*bare).format(day=day.text, code=code, weekday=weekday), facts


def amount_head(scene: Scene) -> str:
    """The head of a column of amounts, now and then with the currency."""
    return scene.label("amount") + scene.maybe(
        scene.pick(f"({scene.sign})", f" ({scene.code})", f" {scene.sign}"), 0.3
    )


def currency_shown(scene: Scene, text: str) -> Facts:
    """The currency as a paper shows it that has it beside no amount, in the head of a column say."""
    marks = (mark for mark in (scene.sign, scene.code) if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", text))
    return {"currency": mark} if (mark := next(marks, None)) else {}


def contained_tax(scene: Scene, sums: Sums) -> tuple[list[tuple[str, str]], Facts]:
    """A row behind the payment that says how much tax the total holds, and the fact; mostly none."""
    if "tax" in sums.facts or scene.chance(0.6):
        return [], {}
    rate = scene.number(5, 20)
    tax = tax_within(sums.exact_total, rate)
    name = scene.pick("GST", "VAT", "Tax")
    label = scene.pick(
        "{name} @{rate}% included in total",
        "Incl. {name} {rate}%",
        "of which {name} {rate}%",
        "{name} included",
        "Total includes {name} of",
    )
    written = scene.amount(tax)
    return [(label.format(name=name, rate=rate), written.text)], {"tax": written}


def title(scene: Scene) -> str:
    """What the paper calls itself; mostly nothing."""
    if scene.chance(0.6):
        return ""
    return scene.pick(
        "TAX INVOICE", "CASH BILL", "RECEIPT", "CASH SALES", "SALES RECEIPT", "INVOICE", "GUEST CHECK"
    )


def customer(scene: Scene) -> tuple[str, Facts]:
    """Somebody that the receipt was made out to, with an address of their own; mostly nobody."""
    if scene.chance(0.88):
        return "", {}
    name = scene.pick(scene.person(), scene.company())
    label = scene.pick("Bill To :", "Customer:", "Sold to:", "Member:", "Account:")
    address = scene.address(0).lines if scene.chance(0.6) else ()
    own = f"{label}\n{name}" if scene.chance(0.5) else f"{label} {name}"
    return layout.stack(own, *address), {"customer": name}


def other_sums(scene: Scene, lines: list[Line], sums: Sums) -> tuple[list[tuple[str, str]], Facts]:
    """Rows between the things bought and the sums, some of them called totals, and what they say."""
    total = sums.exact_total
    rows: list[tuple[str, str]] = []
    facts: Facts = {}
    if scene.chance(0.3):
        pieces = sum(line.quantity for line in lines)
        facts["item_count"] = Written(str(pieces), pieces)
        rows.append(
            (scene.pick("Total Qty", "TOTAL QTY:", "Total Item(s)", "Item count", "Pcs total"), str(pieces))
        )
    if scene.chance(0.15):
        fee = scene.amount(cents(total / 20)).text
        rows.append((scene.pick("Service charge", "Tip", "Bag fee", "Deposit"), fee))
    if scene.chance(0.12):
        rate, taxed = scene.number(5, 20), cents(total * scene.number(1, 9) / 10)
        name = scene.pick("goods", "supplies", "items", "sales")
        for share, amount in ((rate, taxed), (0, total - taxed)):
            rows.append((f"Total {share}% {name}", scene.amount(amount).text))
    return rows, facts


def tax_summary(scene: Scene, sums: Sums, known: bool) -> tuple[str, Facts]:
    """A table of taxes with a total of its own, and the tax where it is not `known` from other rows; mostly
    nothing."""
    if scene.chance(0.7):
        return "", {}
    total, rate = sums.exact_total, scene.number(5, 20)
    tax = tax_within(total, rate)
    low = cents(tax / scene.number(2, 9)) if scene.chance(0.3) else None
    parts = [(rate, total - tax, tax)]
    if low is not None:
        # Two rates: their sum alone is the tax.
        share = cents((total - tax) / 3)
        parts = [(rate, total - tax - share, tax - low), (scene.number(1, 4), share, low)]
    name = scene.pick("GST", "VAT", "TAX")
    codes = scene.pick(("SR", "ZR"), ("S", "Z"), ("A", "B"), ("1", "2"))
    head = scene.pick(
        f"{name} SUMMARY  AMOUNT  {name}",
        f"{name} SUMMARY  AMOUNT({scene.sign})  TAX({scene.sign})",
        "TAX CODE  %  AMT  TAX",
        f"{name} Summary\nRate  Net  {name}",
    )
    rows = [
        f"{code}  {percent}{scene.maybe('%', 0.3)}  {scene.amount(net).text}  {scene.amount(taken).text}"
        for code, (percent, net, taken) in zip(codes, parts, strict=False)
    ]
    written = scene.amount(tax)
    if low is not None or scene.chance(0.5):
        label = scene.pick("TOTAL", "Total :", "Sum", scene.label("total"))
        rows.append(f"{label}  {scene.amount(cents(total - tax)).text}  {written.text}")
    elif not any(row.endswith(written.text) for row in rows):
        return layout.stack(head, *rows), {}
    return layout.stack(head, *rows), {} if known else {"tax": written}
