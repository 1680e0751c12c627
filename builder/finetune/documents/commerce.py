"""Buying and selling: receipts, invoices, orders, delivery notes, quotes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from . import layout, words
from .draft import Draft, Facts, Written
from .goods import Line, Sums, draw_lines, payment, sum_up
from .registry import kind
from .scene import Address, Scene

SUMS = """
    subtotal#: subtotal, net amount, sub total, amount before tax | Sum before tax; Net amount; Sum of the \
        lines
    discount#: discount, rebate, price reduction | Discount that was taken off; Reduction of the price
    tax#: tax, vat, tax amount, gst | Amount of tax; Tax contained in the total; VAT amount
    rounding#: rounding, rounding adjustment | Amount by which the total was rounded
    total#: total, total amount, grand total, amount due, sum total | Total amount, tax included; Amount to \
        pay; Final total
"""
RECEIPT = (
    """
    company: company, shop, store name, merchant, seller, vendor | Name of the shop or company that issued \
        the receipt; \
Shop; Who sold it
    address
    phone
    vat_id
    date@: date, purchase date, receipt date, date of purchase | Date of the purchase; When it was bought; \
        Date of the receipt
    time: time, purchase time, time of purchase | Time of the purchase
    receipt_no: receipt number, receipt no, bill number, transaction id | Number of the receipt; Number of \
        the bill
    cashier: cashier, served by, clerk | Name of the cashier; Person at the till
    items[]: items, goods, products, articles | Names of the things bought; Goods on the receipt; What was \
        bought
    item_count+: item count, number of items | How many items were bought, as printed
"""
    + SUMS
    + """
    cash#: cash, cash paid, amount tendered, cash given | Cash that the customer gave
    change#: change, change given, change due | Change that the customer got back
    paid_by=cash/card/other: payment method, paid by, tender | How it was paid
    card_number: card number, card | Number of the card as printed
    currency
    due_date@: due date, payment due | Date by which it must be paid
    customer: customer, customer name, sold to | Name of the customer
    loyalty: loyalty points, points | Points of the loyalty card
"""
)


@kind("commerce people", RECEIPT, titles=("receipt", "shop receipt", "sroie", "till receipt"), weight=5)
def shop_receipt(scene: Scene) -> Draft:
    """A till receipt: head, lines, sums, payment, greeting."""
    eating = scene.chance(0.25)
    lines = draw_lines(scene, 1, 9, words.DISHES if eating else words.GOODS, 40 if eating else 120)
    sums = sum_up(scene, lines)
    width = scene.number(30, 46)
    head, facts = receipt_head(scene, width)
    meta, more = receipt_meta(scene)
    paid, paid_facts = payment(scene, sum_of(sums))
    body = receipt_lines(scene, lines, width)
    facts |= {**more, **sums.facts, **paid_facts, "items": [line.name for line in lines]}
    counted = scene.count(len(lines), len(lines))
    if scene.chance(0.2):
        facts["item_count"] = counted
        paid = [(scene.pick("Items", "No. of items", "Item count", "TOTAL ITEMS"), counted.text), *paid]
    bottom = receipt_sums(scene, sums, paid, width, facts)
    thanks = layout.centred([scene.label("thanks")], width) if scene.chance(0.5) else ""
    rule = layout.rule(scene.rng, width) if scene.chance(0.6) else ""
    return Draft(layout.stack(head, rule, meta, rule, body, rule, bottom, thanks), facts)


def sum_of(sums: Sums) -> Decimal:
    """The total as an exact number."""
    return Decimal(str(sums.total.normal))


def receipt_head(scene: Scene, width: int) -> tuple[str, Facts]:
    """Name, address, telephone of the shop: in the middle or at the left edge."""
    shop, address = scene.shop(), scene.address(0.05)
    facts: Facts = {"company": shop}
    lines = [shop.upper() if scene.chance(0.3) else shop]
    facts["company"] = lines[0]
    if scene.chance(0.2):
        lines.append(scene.reference("(######-?)", "Reg. No. ######", "Co. Reg ########"))
    if scene.chance(0.85):
        broken = broken_address(scene, address, width)
        facts["address"] = "\n".join(broken)
        lines += broken
    for key, label in (("phone", "phone"), ("vat_id", "vat id")):
        if scene.chance(0.5):
            value = (
                scene.phone()
                if key == "phone"
                else scene.reference("??#########", "#########", "###-####-##", "GST ########")
            )
            facts[key] = value
            lines.append(f"{scene.label(label)}{scene.pick(': ', ' ', ':')}{value}")
    return (layout.centred(lines, width) if scene.chance(0.5) else "\n".join(lines)), facts


def broken_address(scene: Scene, address: Address, width: int) -> list[str]:
    """An address over lines: as people write it, or broken wherever the paper ends."""
    if scene.chance(0.6):
        return [
            line + ("," if scene.chance(0.2) and number + 1 < len(address.lines) else "")
            for number, line in enumerate(address.lines)
        ]
    return layout.wrapped(address.one_line(), scene.number(18, width)).split("\n")


def receipt_meta(scene: Scene) -> tuple[str, Facts]:
    """Date, time, number, cashier."""
    facts: Facts = {}
    day, clock = scene.day(), scene.clock()
    shown: list[tuple[str, str]] = []
    if scene.chance(0.9):
        facts["date"] = day
        timed = scene.chance(0.5)
        facts |= {"time": clock} if timed else {}
        shown.append((scene.label("date"), f"{day.text} {clock}" if timed else day.text))
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
        return "  ".join(layout.pair(label, value, "colon") for label, value in shown), facts
    return layout.pairs(scene.rng, shown, scene.pick("colon", "tight", "aligned", "bare")), facts


def receipt_lines(scene: Scene, lines: list[Line], width: int) -> str:
    """The things bought, in one of several layouts."""
    style = scene.pick("right", "two lines", "table", "quantity first", "code")
    texts = [scene.amount(line.total).text for line in lines]
    if style == "table":
        rows = [[line.name, str(line.quantity), text] for line, text in zip(lines, texts, strict=True)]
        return layout.table(
            scene.rng,
            [scene.label("description"), scene.label("quantity"), scene.label("amount")],
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


def receipt_sums(scene: Scene, sums: Sums, paid: list[tuple[str, str]], width: int, facts: Facts) -> str:
    """The sums at the right edge, then the payment."""
    signed = scene.chance(0.35)
    rows = []
    for key, written in sums.rows:
        label = scene.label(key)
        if signed and key == "total" and written.full:
            facts["currency"] = currency_in(scene, written)
            rows.append((label, written.full))
        else:
            facts[key] = Written(written.text, written.normal)
            rows.append((label, written.text))
    everything = [*rows, *paid]
    if scene.chance(0.15):
        return layout.pairs(scene.rng, everything, scene.pick("colon", "below", "bare"))
    return "\n".join(layout.split_line(label, value, width) for label, value in everything)


def currency_in(scene: Scene, written: Written) -> str:
    """The sign or the code that stands beside an amount."""
    return (written.full or "").replace(written.text, "").strip() or scene.sign


PARTIES = """
    number: {number} | {about}; Number that identifies the document
    seller: seller, supplier, vendor, issued by, company | Name of the company that sends the document; Who \
        sells; Supplier
    seller_address: seller address, supplier address, vendor address | Full address of the seller
    customer: customer, client, bill to, buyer, billed to | Name of the person or company that is billed; \
        Buyer; Who has to pay
    customer_address: customer address, billing address, client address | Address of the customer
    ship_to: ship to, delivery recipient, consignee | Name of the recipient of the goods, where it is not \
        the buyer
    ship_address: shipping address, delivery address, ship to address | Address that the goods are sent to
    date@: {date} | Date of the document; Day on which it was issued
    customer_no: customer number, account number, client id | Number of the customer at the seller
    contact: contact person, contact, your contact | Person to ask
    email
    phone
    vat_id
    items[]: items, line items, articles, services, positions | Names of the goods or services; What is listed
"""
INVOICE = (
    PARTIES.format(
        number="invoice number, invoice no, invoice id, number, document number",
        about="Number of the invoice",
        date="invoice date, date, issue date, date of issue",
    )
    + SUMS
    + """
    due_date@: due date, payment due, pay by, payment deadline | Date by which it must be paid; Last day \
        for the payment
    service_date@: service date, delivery date, date of service | Date on which the service was done
    order_no: order number, purchase order, po number, order reference | Number of the order
    iban
    bic
    bank
    currency
    terms: payment terms, terms | Terms of the payment, for example a number of days
    paid?: paid, is paid, already paid | Whether the invoice is paid already
"""
)


def party(scene: Scene, facts: Facts, key: str, address_key: str) -> str:
    """A name with its address, over lines; the address may be missing."""
    name = scene.company() if key in ("seller",) or scene.chance(0.6) else scene.person()
    facts[key] = name
    if scene.chance(0.25):
        return name
    address = scene.address()
    mark = scene.pick("\n", "\n", ", ")
    facts[address_key] = address.one_line(mark)
    return name + ("\n" if mark == "\n" else scene.pick(", ", "\n")) + address.one_line(mark)


def document_head(
    scene: Scene, title: str, number_label: str
) -> tuple[list[str], list[tuple[str, str]], Facts]:
    """Blocks of the two parties and the labelled values of a business document."""
    facts: Facts = {
        "number": scene.reference(
            "INV-#####", "%#####", "####-####", "??-##-###", "RE%####", "#/20##", "%###/##"
        )
    }
    seller = party(scene, facts, "seller", "seller_address")
    lines = [seller]
    for key, label, maker in (
        ("phone", "phone", scene.phone),
        ("email", "email", scene.email),
        ("vat_id", "vat id", tax_number(scene)),
    ):
        if scene.chance(0.4):
            facts[key] = maker()
            lines.append(f"{scene.label(label)}: {facts[key]}")
    buyer = scene.label("customer") + ":\n" + party(scene, facts, "customer", "customer_address")
    blocks = ["\n".join(lines), buyer]
    if scene.chance(0.25):
        blocks.append(
            scene.pick("Ship to", "Deliver to", "Delivery address")
            + ":\n"
            + party(scene, facts, "ship_to", "ship_address")
        )
    facts["date"] = scene.day()
    meta = [(number_label, str(facts["number"])), (scene.label("date"), str(facts["date"]))]
    if scene.chance(0.35):
        facts["customer_no"] = scene.reference("#####", "K-####", "C######")
        meta.append((scene.label("customer no"), str(facts["customer_no"])))
    if scene.chance(0.25):
        facts["contact"] = scene.person()
        meta.append(
            (scene.pick("Contact", "Your contact", "Handled by", "Contact person"), str(facts["contact"]))
        )
    return [title, *blocks], meta, facts


def tax_number(scene: Scene) -> Callable[[], str]:
    """A maker of tax numbers."""
    return lambda: scene.reference("??#########", "##-#######", "??###.###.###", "##?????####?#Z#")


def lines_table(scene: Scene, lines: list[Line], facts: Facts) -> str:
    """The lines as a table, with or without code, quantity and price."""
    facts["items"] = [line.name for line in lines]
    columns = ["description", *[key for key in ("quantity", "price") if scene.chance(0.75)], "amount"]
    rows = []
    for line in lines:
        cells = {
            "description": line.name,
            "quantity": str(line.quantity),
            "price": scene.amount(line.price).text,
            "amount": scene.amount(line.total).text,
        }
        rows.append([cells[key] for key in columns])
    return layout.table(scene.rng, [scene.label(key) for key in columns], rows)


def sums_block(scene: Scene, sums: Sums, facts: Facts) -> str:
    """The sums as labelled values."""
    with_sign = scene.chance(0.5)
    facts |= sums.facts
    shown = []
    for key, written in sums.rows:
        if not with_sign or (key != "total" and scene.chance(0.5)):
            facts[key] = written = Written(written.text, written.normal)
        elif key == "total":
            facts["currency"] = currency_in(scene, written)
        shown.append((scene.label(key), str(written)))
    return layout.pairs(scene.rng, shown, scene.pick("colon", "aligned", "bare", "dots", "tab"))


def assemble(scene: Scene, head: list[str], meta: list[tuple[str, str]], *rest: str) -> str:
    """Title, parties, labelled values and the rest, in a drawn order of the first blocks."""
    title, *blocks = head
    blocks.insert(scene.number(0, len(blocks)), layout.pairs(scene.rng, meta))
    return layout.stack(title, *blocks, *rest, gap="\n\n")


@kind("commerce people", INVOICE, titles=("invoice", "bill", "invoice data"), weight=4)
def invoice(scene: Scene) -> Draft:
    """An invoice with parties, lines, sums and where to pay."""
    head, meta, facts = document_head(scene, scene.label("invoice"), scene.label("invoice no"))
    issued = scene.some_day()
    facts["date"] = scene.day(issued)
    meta[1] = (meta[1][0], str(facts["date"]))
    optional_dates(scene, issued, meta, facts)
    lines = draw_lines(scene, 1, 5, scene.pick(words.GOODS, words.SERVICES), 900)
    listing = lines_table(scene, lines, facts)
    sums = sums_block(scene, sum_up(scene, lines), facts)
    return Draft(assemble(scene, head, meta, listing, sums, bank_block(scene, facts)), facts)


def optional_dates(scene: Scene, issued: date, meta: list[tuple[str, str]], facts: Facts) -> None:
    """A due day, a day of service and an order number: each may be there."""
    if scene.chance(0.5):
        facts["due_date"] = scene.day(scene.later(issued, 7, 45))
        meta.append((scene.label("due"), str(facts["due_date"])))
    if scene.chance(0.25):
        facts["service_date"] = scene.day(issued - timedelta(days=scene.number(1, 20)))
        meta.append(
            (scene.pick("Service date", "Date of service", "Date of supply"), str(facts["service_date"]))
        )
    if scene.chance(0.35):
        facts["order_no"] = scene.reference("PO-#####", "45########", "ORD####", "B-##-###")
        meta.append((scene.label("order no"), str(facts["order_no"])))
    scene.rng.shuffle(meta)


def bank_block(scene: Scene, facts: Facts) -> str:
    """Terms, account and a note whether it is paid."""
    shown = []
    if scene.chance(0.4):
        facts["iban"] = scene.iban()
        shown.append((scene.pick("IBAN", "Account", "Bank account"), str(facts["iban"])))
        if scene.chance(0.5):
            facts["bic"] = scene.reference("????DE??", "????GB2L", "????FRPP###", "????NL2A")
            shown.append((scene.pick("BIC", "SWIFT", "BIC/SWIFT"), str(facts["bic"])))
        if scene.chance(0.5):
            facts["bank"] = scene.word(words.BANKS)
            shown.append((scene.label("bank"), str(facts["bank"])))
    note = []
    if scene.chance(0.3):
        facts["terms"] = scene.pick(
            "net 30", "14 days net", "30 days", "due on receipt", "2% 10 days, net 30", "within 7 days"
        )
        note.append(scene.pick("Terms", "Payment terms", "Payment") + ": " + str(facts["terms"]))
    if scene.chance(0.25):
        facts["paid"] = scene.chance(0.5)
        paid = ("PAID - thank you", "This invoice has been settled.", "Payment received with thanks.")
        unpaid = ("Please transfer the amount to our account.", "This invoice is still open.", "NOT YET PAID")
        note.append(scene.word(paid if facts["paid"] else unpaid))
    return layout.stack(layout.pairs(scene.rng, shown, "colon"), *note)


ORDER = (
    PARTIES.format(
        number="order number, order no, order id",
        about="Number of the order",
        date="order date, ordered on, date",
    )
    + SUMS
    + """
    delivery_date@: delivery date, expected delivery, arrival date | Day on which the goods will arrive
    shipping_method: shipping method, shipped by, carrier | How or by whom it is sent
    tracking_no: tracking number, tracking id | Number to follow the parcel
    gift?: gift, is gift, gift wrap | Whether it is wrapped as a gift
    status=pending/shipped/delivered/cancelled: status, order status | State of the order
    coupon: coupon code, voucher, promo code | Code of a voucher
"""
)
STATUS = {
    "pending": ("We are getting your order ready.", "Your order is waiting to be packed."),
    "shipped": ("Your order is on its way!", "Good news: your parcel has left our warehouse."),
    "delivered": ("Your order was handed over today.", "Your parcel has arrived."),
    "cancelled": (
        "Your order has been cancelled as you wished.",
        "We are sorry that we had to cancel the order.",
    ),
}


@kind("commerce people", ORDER, titles=("order", "order confirmation"), weight=2)
def order_confirmation(scene: Scene) -> Draft:
    """An order as a shop confirms it, on paper or by mail."""
    head, meta, facts = document_head(
        scene,
        scene.pick("Order confirmation", "Your order", "ORDER", "Purchase order"),
        scene.label("order no"),
    )
    lines = draw_lines(scene, 1, 6)
    listing = lines_table(scene, lines, facts)
    sums = sums_block(scene, sum_up(scene, lines), facts)
    notes = []
    if scene.chance(0.5):
        status = scene.pick(*STATUS)
        facts["status"] = status
        notes.append(scene.word(STATUS[status]))
    if scene.chance(0.2):
        facts["gift"] = scene.chance(0.6)
        notes.append("Gift wrapping: yes" if facts["gift"] else "No gift wrapping chosen.")
    for key, label, value in delivery_values(scene):
        if scene.chance(0.35):
            facts[key] = value
            meta.append((label, str(value)))
    return Draft(assemble(scene, head, meta, " ".join(notes), listing, sums), facts)


def delivery_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of what an order says about its delivery."""
    return [
        ("delivery_date", scene.label("delivery"), scene.day()),
        ("shipping_method", scene.pick("Shipping", "Shipped via", "Carrier"), scene.word(words.CARRIERS)),
        (
            "tracking_no",
            scene.pick("Tracking", "Tracking No", "Track ID"),
            scene.reference("1Z?##?######", "##############", "??#########GB"),
        ),
        (
            "coupon",
            scene.pick("Voucher", "Promo code", "Coupon"),
            scene.reference("SAVE##", "WELCOME#", "????##"),
        ),
    ]


DELIVERY = (
    PARTIES.format(
        number="delivery note number, note number, delivery no",
        about="Number of the delivery note",
        date="date, note date, date of dispatch",
    )
    + """
    order_no: order number, your order, po number | Number of the order
    delivery_date@: delivery date, date of delivery, delivered on | Day of the delivery
    packages+: packages, number of packages, parcels, cartons | How many packages there are
    weight: gross weight, total weight, weight | Weight of everything with its unit
    driver: driver, delivered by | Name of the driver
    received_by: received by, recipient signature, signed by | Person who received the goods
    complete?: complete, delivery complete | Whether everything was delivered
    total#: total, amount | Total price
"""
)


@kind(
    "commerce people vehicles",
    DELIVERY,
    titles=("delivery note", "dispatch note", "packing list"),
    weight=1.5,
)
def delivery_note(scene: Scene) -> Draft:
    """A delivery note: what was sent, without prices."""
    title = scene.pick("Delivery note", "DELIVERY NOTE", "Packing slip", "Dispatch note", "Packing list")
    head, meta, facts = document_head(scene, title, scene.pick("Delivery note no", "Note No.", "No."))
    values: list[tuple[str, str, str | Written]] = [
        ("order_no", scene.label("order no"), scene.reference("PO-####", "#######", "A-##-###")),
        ("delivery_date", scene.label("delivery"), scene.day()),
        ("packages", scene.pick("Packages", "Cartons", "No. of parcels", "Colli"), scene.count(1, 24)),
        (
            "weight",
            scene.label("weight"),
            f"{scene.number(1, 900)}{scene.pick(' kg', 'kg', '.5 kg', ' lbs')}",
        ),
        ("driver", scene.pick("Driver", "Delivered by"), scene.person()),
        ("received_by", scene.pick("Received by", "Goods received by", "Signed for by"), scene.person()),
    ]
    for key, label, value in values:
        if scene.chance(0.4):
            facts[key] = value
            meta.append((label, str(value)))
    lines = draw_lines(scene, 1, 7)
    facts["items"] = [line.name for line in lines]
    rows = [[line.name, str(line.quantity), scene.pick("pcs", "box", "pc")] for line in lines]
    listing = layout.table(scene.rng, [scene.label("description"), scene.label("quantity"), "Unit"], rows)
    note = ""
    if scene.chance(0.3):
        facts["complete"] = scene.chance(0.5)
        note = "All goods delivered in full." if facts["complete"] else "Rest of the goods will follow."
    return Draft(assemble(scene, head, meta, listing, note), facts)


QUOTE = (
    PARTIES.format(
        number="quote number, quotation no, offer number",
        about="Number of the quote",
        date="date, quote date, offer date",
    )
    + SUMS
    + """
    valid_until@: valid until, expiry date, offer ends | Last day on which the offer holds
    lead_time: lead time, delivery time | How long the delivery takes
    due_date@: due date, payment due | Date by which it must be paid
    terms: payment terms, terms | Terms of the payment
    warranty: warranty, guarantee | How long there is a warranty
"""
)


@kind("commerce people", QUOTE, titles=("quote", "quotation", "offer"), weight=1.5)
def quote(scene: Scene) -> Draft:
    """An offer with prices and its last day."""
    head, meta, facts = document_head(
        scene,
        scene.pick("Quotation", "QUOTE", "Offer", "Estimate"),
        scene.pick("Quote no", "Offer No.", "Quote #"),
    )
    values: list[tuple[str, str, str | Written]] = [
        ("valid_until", scene.pick("Valid until", "This offer expires on", "Prices held until"), scene.day()),
        (
            "lead_time",
            scene.pick("Lead time", "Delivery time"),
            scene.pick("2-3 weeks", "10 working days", "6 weeks", "from stock"),
        ),
        (
            "terms",
            scene.pick("Payment terms", "Payment"),
            scene.pick("30 days net", "50% in advance", "14 days", "on delivery"),
        ),
        (
            "warranty",
            scene.pick("Warranty", "Guarantee"),
            scene.pick("24 months", "2 years", "12 months", "5 years on parts"),
        ),
    ]
    for key, label, value in values:
        if scene.chance(0.45):
            facts[key] = value
            meta.append((label, str(value)))
    lines = draw_lines(scene, 1, 4, words.SERVICES, 2400)
    listing = lines_table(scene, lines, facts)
    return Draft(assemble(scene, head, meta, listing, sums_block(scene, sum_up(scene, lines), facts)), facts)
