"""Buying and selling: invoices, orders, delivery notes, quotes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from . import layout, words
from .draft import Draft, Facts, Written
from .goods import SUM_FIELDS, Line, Sums, currency_in, draw_lines, sum_up
from .registry import kind
from .scene import Scene

PARTIES = """
    *number: {number} | {about}; Number that identifies the document
    *seller: seller, supplier, vendor, issued by, company | Name of the company that sends the document; Who \
        sells; Supplier
    seller_address: seller address, supplier address, vendor address | Full address of the seller
    *customer: customer, client, bill to, buyer, billed to | Name of the person or company that is billed; \
        Buyer; Who has to pay
    customer_address: customer address, billing address, client address | Address of the customer
    ship_to: ship to, delivery recipient, consignee | Name of the recipient of the goods, where it is not \
        the buyer
    ship_address: shipping address, delivery address, ship to address | Address that the goods are sent to
    *date@: {date} | Date of the document; Day on which it was issued
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
    + SUM_FIELDS
    + """
    *due_date@: due date, payment due, pay by, payment deadline | Date by which it must be paid; Last day \
        for the payment
    service_date@: service date, delivery date, date of service | Date on which the service was done
    order_no: order number, purchase order, po number, order reference | Number of the order
    *iban
    bic
    bank
    *currency
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


@kind("commerce people", INVOICE, titles=("invoice", "bill", "invoice data"), weight=7)
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
    + SUM_FIELDS
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
    + SUM_FIELDS
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
