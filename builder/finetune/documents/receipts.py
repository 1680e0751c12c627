"""Receipts of shops and restaurants."""

from __future__ import annotations

from . import layout, tills, words
from .draft import Draft, Facts, Written
from .goods import SUM_FIELDS, Line, Sums, currency_in, draw_lines, payment, sum_up
from .registry import kind
from .scene import Address, Scene

RECEIPT = (
    """
    *company: company, shop, store name, merchant, seller, vendor | Name of the shop or company that issued \
        the receipt; \
Shop; Who sold it
    *address
    phone
    vat_id
    *date@: date, purchase date, receipt date, date of purchase | Date of the purchase; When it was bought; \
        Date of the receipt
    time: time, purchase time, time of purchase | Time of the purchase
    receipt_no: receipt number, receipt no, bill number, transaction id | Number of the receipt; Number of \
        the bill
    cashier: cashier, served by, clerk | Name of the cashier; Person at the till
    *items[]: items, goods, products, articles | Names of the things bought; Goods on the receipt; What was \
        bought
    item_count+: item count, number of items | How many items were bought, as printed
"""
    + SUM_FIELDS
    + """
    cash#: cash, cash paid, amount tendered, cash given | Cash that the customer gave
    change#: change, change given, change due | Change that the customer got back
    *paid_by=cash/card/other: payment method, paid by, tender | How it was paid
    card_number: card number, card | Number of the card as printed
    *currency
    due_date@: due date, payment due | Date by which it must be paid
    customer: customer, customer name, sold to | Name of the customer
    loyalty: loyalty points, points | Points of the loyalty card
"""
)


@kind("commerce people", RECEIPT, titles=("receipt", "shop receipt", "till receipt"), weight=28)
def shop_receipt(scene: Scene) -> Draft:
    """A till receipt: head, lines, sums, payment, greeting."""
    eating = scene.chance(0.25)
    lines = draw_lines(scene, 1, 9, words.DISHES if eating else words.GOODS, 40 if eating else 120)
    sums = sum_up(scene, lines)
    width = scene.number(30, 46)
    head, facts = receipt_head(scene, width)
    meta, foot, more = receipt_meta(scene)
    paid, paid_facts = payment(scene, sums.exact_total)
    held, taxed = tills.contained_tax(scene, sums)
    paid += held
    body = receipt_lines(scene, lines, width)
    facts |= {**more, **sums.facts, **taxed, **paid_facts, "items": [line.name for line in lines]}
    between, counted = tills.other_sums(scene, lines, sums)
    facts |= counted
    bottom = receipt_sums(scene, sums, (between, paid), width, facts)
    taxes, summed = tills.tax_summary(scene, sums, "tax" in facts)
    facts |= summed
    thanks = layout.centred([scene.label("thanks")], width) if scene.chance(0.5) else ""
    rule = layout.rule(scene.rng, width) if scene.chance(0.6) else ""
    bought_by, buyer = tills.customer(scene)
    facts |= buyer
    parts = (head, tills.title(scene), bought_by, rule, meta, rule, body, rule, bottom, taxes, foot, thanks)
    text = layout.stack(*parts)
    return Draft(text, {**tills.currency_shown(scene, text), **facts})


def receipt_head(scene: Scene, width: int) -> tuple[str, Facts]:
    """Name, address, telephone of the shop: in the middle or at the left edge."""
    facts: Facts = {"company": tills.shop_name(scene)}
    lines = str(facts["company"]).split("\n")
    if scene.chance(0.5):
        behind = scene.chance(0.4)
        number = tills.registration(scene)
        lines = [*lines[:-1], f"{lines[-1]} {number}"] if behind else [*lines, number]
    if scene.chance(0.85):
        broken = (
            [line + scene.maybe(",", 0.4) for line in tills.site_address(scene)]
            if scene.chance(0.4)
            else broken_address(scene, scene.address(0.05), width)
        )
        facts["address"] = "\n".join(broken).rstrip(",")
        lines += broken
    for key, label in (("phone", "phone"), ("vat_id", "vat id")):
        if scene.chance(0.5):
            value = (
                scene.phone()
                if key == "phone"
                else scene.reference("??#########", "#########", "###-####-##", "GST ########")
            )
            facts[key] = value
            also = f"  FAX : {scene.phone()}" if key == "phone" and scene.chance(0.2) else ""
            lines.append(f"{scene.label(label)}{scene.pick(': ', ' ', ':', ' : ')}{value}{also}")
    lines = [*tills.scribble(scene), *lines]
    return (layout.centred(lines, width) if scene.chance(0.5) else "\n".join(lines)), facts


def broken_address(scene: Scene, address: Address, width: int) -> list[str]:
    """An address over lines: as people write it, or broken wherever the paper ends."""
    if scene.chance(0.6):
        return [
            line + ("," if scene.chance(0.2) and number + 1 < len(address.lines) else "")
            for number, line in enumerate(address.lines)
        ]
    return layout.wrapped(address.one_line(), scene.number(18, width)).split("\n")


def receipt_meta(scene: Scene) -> tuple[str, str, Facts]:
    """Date, time, number, cashier: what stands above the things bought, what at the foot of the paper."""
    facts: Facts = {}
    day, clock = scene.day(), scene.clock()
    shown: list[tuple[str, str]] = []
    stamp = ""
    if scene.chance(0.35):
        stamp, facts = tills.stamp(scene, day, clock)
    elif scene.chance(0.9):
        facts["date"] = day
        timed = scene.chance(0.5)
        facts |= {"time": clock} if timed else {}
        if timed and scene.chance(0.3):
            clock += f":{scene.number(0, 59):02d}" if clock[-1:].isdigit() else ""
            facts["time"] = clock
        shapes = ("{day} {clock}", "{day} {clock}", "{day}  Time: {clock}", "{clock}  {day}")
        behind = scene.pick(*shapes).format(day=day.text, clock=clock)
        shown.append((scene.label("date"), behind if timed else day.text))
    if scene.chance(0.5):
        facts["receipt_no"] = scene.reference("######", "R-####-##", "%##", "??########", "####/##")
        shown.append(
            (
                scene.pick("Receipt", "Receipt No", "Bill No.", "Trans", "Check", "Doc no"),
                str(facts["receipt_no"]),
            )
        )
    if scene.chance(0.35):
        facts["cashier"] = scene.person_parts()[0] if scene.chance(0.6) else scene.person()
        shown.append(
            (scene.pick("Cashier", "Served by", "Clerk", "Operator", "Your server"), str(facts["cashier"]))
        )
    scene.rng.shuffle(shown)
    if scene.chance(0.25):
        meta = "  ".join(layout.pair(label, value, "colon") for label, value in shown)
    else:
        meta = layout.pairs(scene.rng, shown, scene.pick("colon", "tight", "aligned", "bare"))
    return (meta, stamp, facts) if scene.chance(0.5) else (layout.stack(meta, stamp), "", facts)


def receipt_lines(scene: Scene, lines: list[Line], width: int) -> str:
    """The things bought, in one of several layouts."""
    style = scene.pick("right", "two lines", "table", "quantity first", "code")
    texts = [scene.amount(line.total).text for line in lines]
    if style == "table":
        rows = [[line.name, str(line.quantity), text] for line, text in zip(lines, texts, strict=True)]
        return layout.table(
            scene.rng,
            [scene.label("description"), scene.label("quantity"), tills.amount_head(scene)],
            rows,
            "aligned",
        )
    shown = []
    for line, text in zip(lines, texts, strict=True):
        price = scene.amount(line.price).text
        shown.append(
            {
                "right": layout.split_line(line.name, text, width),
                "two lines": line.name
                + "\n"
                + layout.split_line(f"  {line.quantity} x {price}", text, width),
                "quantity first": layout.split_line(f"{line.quantity} {line.name}", text, width),
                "code": layout.split_line(
                    f"{line.code or scene.reference('######')} {line.name}", text, width
                ),
            }[style]
        )
    return "\n".join(shown)


def receipt_sums(
    scene: Scene,
    sums: Sums,
    around: tuple[list[tuple[str, str]], list[tuple[str, str]]],
    width: int,
    facts: Facts,
) -> str:
    """The sums at the right edge, between the rows before them and those behind, the payment among these."""
    signed = scene.pick((), (), ("total",), tuple(key for key, _ in sums.rows))
    before, behind = around
    rows = list(before)
    for key, written in sums.rows:
        label = scene.label(key)
        if key in signed and written.full:
            facts["currency"] = currency_in(scene, sums.total)
            rows.append((label, written.full))
        else:
            facts[key] = Written(written.text, written.normal)
            rows.append((label + scene.maybe(f" {scene.sign}", 0.08), written.text))
    everything = [*rows, *behind]
    if scene.chance(0.15):
        return layout.pairs(scene.rng, everything, scene.pick("colon", "below", "bare"))
    return "\n".join(layout.split_line(label, value, width) for label, value in everything)
