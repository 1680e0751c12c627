"""Places: postal addresses of many countries, labels of parcels."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Address, Scene

ADDRESS = """
    recipient: recipient, name, addressee, occupant | Person or organisation the address belongs to
    care_of: care of, c/o | Person in whose care it is
    building: building, building name, house name | Name of a building
    number: house number, number, building number, street number | House or building number
    street_name: street, street name, road | Street name without the number
    unit: unit, apartment, suite, flat | Suite, apartment, floor or room
    po_box: po box, post office box, box | Post office box
    city: city, town, locality | City or town
    region: state, province, region, county | State or province, as written
    postcode: postcode, zip code, zip, postal code | Postal code
    country: country, nation | Country, as written
    phone
"""


def address_facts(address: Address) -> Facts:
    """The parts of an address by field."""
    return {
        "number": address.number,
        "street_name": address.street_name,
        "unit": address.unit,
        "city": address.city,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country,
    }


@kind("places commerce people property", ADDRESS, titles=("address", "postal address"), weight=3)
def postal_address(scene: Scene) -> Draft:
    """One address, in one line or in several, with or without a name."""
    address = scene.address(0.35)
    facts = address_facts(address)
    lines = list(address.lines)
    if scene.chance(0.12):
        facts |= {
            "po_box": scene.reference("PO Box ###", "P.O. Box ####", "Box ##"),
            "street_name": None,
            "number": None,
            "unit": None,
        }
        lines[0] = str(facts["po_box"])
    elif scene.chance(0.12) and len(lines) > 1:
        facts |= {"postcode": None, "region": None, "city": None}
        lines = lines[:1] + ([address.country] if address.country else [])
    if scene.chance(0.2):
        facts["building"] = (
            f"{scene.word(words.BRAND_STEMS)} "
            f"{scene.pick('House', 'Tower', 'Court', 'Centre', 'Plaza', 'Mill')}"
        )
        lines.insert(0, str(facts["building"]))
    if scene.chance(0.1):
        facts["care_of"] = scene.person()
        lines.insert(0, scene.pick("c/o {}", "C/O {}", "care of {}").format(facts["care_of"]))
    if scene.chance(0.5):
        facts["recipient"] = scene.pick(scene.person(), scene.company(), scene.shop())
        lines.insert(0, str(facts["recipient"]))
    if scene.chance(0.08):
        facts["phone"] = scene.phone()
        lines.append(f"{scene.label('phone')} {facts['phone']}")
    return Draft(scene.pick("\n", "\n", ", ", ", ", " ").join(lines), facts)


PAIR = """
    sender: sender, from, shipper, sender name | Name of the sender
    sender_address: sender address, from address, return address | Address of the sender
    sender_city: sender city, from city, origin | Town of the sender
    recipient: recipient, to, consignee, deliver to | Name of the recipient
    recipient_address: recipient address, to address, delivery address | Address of the recipient
    recipient_city: recipient city, to city, destination | Town of the recipient
    recipient_postcode: recipient postcode, to zip, destination postal code | Postal code of the recipient
    recipient_phone: recipient phone, phone of recipient | Telephone number of the recipient
    carrier: carrier, shipping company, parcel service | Company that carries the parcel
    service: service, shipping service, product | Kind of service, for example express
    tracking_no: tracking number, tracking id, shipment number | Number to follow the parcel
    weight: weight, gross weight, parcel weight | Weight with its unit
    size: dimensions, size, measures | Length, width and height
    ship_date@: ship date, date, shipped on | Day on which it was sent
    delivery_date@: delivery date, deliver by | Day on which it shall arrive
    contents: contents, description of goods, content | What is in the parcel
    value#: declared value, value, customs value | Value for the customs
    fragile?: fragile, handle with care | Whether the contents break easily
    signature?: signature required, sign on delivery | Whether somebody has to sign
"""


@kind(
    "commerce people vehicles travel property",
    PAIR,
    titles=("shipping label", "parcel", "shipment"),
    weight=1.8,
)
def shipping_label(scene: Scene) -> Draft:
    """The label on a parcel: two parties and some values."""
    facts: Facts = {}
    blocks = [
        side(scene, facts, "sender", scene.label("sender")),
        side(scene, facts, "recipient", scene.label("recipient")),
    ]
    if scene.chance(0.25):
        blocks.reverse()
    values: list[tuple[str, str, str | Written]] = [
        (
            "service",
            scene.pick("Service", "Product"),
            scene.pick("Express", "Standard", "Economy", "Next day 12:00", "Ground", "Priority"),
        ),
        (
            "tracking_no",
            scene.pick("Tracking", "Tracking #", "Shipment No"),
            scene.reference("1Z??########", "##############", "??#########DE"),
        ),
        (
            "weight",
            scene.label("weight"),
            scene.pick("{} kg", "{}kg", "{} lb", "{} g").format(scene.number(1, 300)),
        ),
        (
            "size",
            scene.pick("Dimensions", "Size", "L x W x H"),
            f"{scene.number(5, 90)}x{scene.number(5, 60)}x{scene.number(5, 50)} cm",
        ),
        ("ship_date", scene.pick("Ship date", "Date", "Shipped"), scene.day()),
        ("delivery_date", scene.pick("Deliver by", "Delivery"), scene.day()),
        ("contents", scene.pick("Contents", "Description", "Goods"), scene.word(words.GOODS)),
        ("value", scene.pick("Value", "Declared value"), scene.priced(scene.cents(5, 900))),
    ]
    rows = []
    for key, label, value in values:
        if scene.chance(0.4):
            facts[key] = value
            rows.append((label, str(value)))
    head = ""
    if scene.chance(0.6):
        facts["carrier"] = scene.word(words.CARRIERS)
        head = str(facts["carrier"])
    return Draft(
        layout.stack(
            head, *blocks, layout.pairs(scene.rng, rows) if rows else "", marks(scene, facts), gap="\n\n"
        ),
        facts,
    )


def side(scene: Scene, facts: Facts, key: str, label: str) -> str:
    """One of the two parties."""
    name = scene.person() if scene.chance(0.6) else scene.company()
    address = scene.address(0.4)
    facts |= {key: name, f"{key}_address": address.one_line("\n"), f"{key}_city": address.city}
    facts[f"{key}_postcode"] = address.postcode
    lines = [f"{label}:{scene.pick(' ', chr(10))}{name}", *address.lines]
    if key == "recipient" and scene.chance(0.3):
        facts["recipient_phone"] = scene.phone()
        lines.append(f"{scene.label('phone')}: {facts['recipient_phone']}")
    return "\n".join(lines)


def marks(scene: Scene, facts: Facts) -> str:
    """Stamps on the parcel."""
    found = []
    if scene.chance(0.25):
        facts["fragile"] = True
        found.append(scene.pick("FRAGILE", "Glass - handle with care", "BREAKABLE"))
    if scene.chance(0.25):
        facts["signature"] = scene.chance(0.6)
        found.append("Sign on delivery" if facts["signature"] else "May be left without signature")
    return " / ".join(found)
