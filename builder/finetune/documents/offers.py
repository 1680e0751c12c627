"""Things and places on offer: small ads, products, flats and houses, jobs, reviews."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

Part = tuple[str, tuple[str, ...], str | Written]


def told(scene: Scene, facts: Facts, parts: list[Part], share: float) -> list[str]:
    """Phrases with values, each there with the given probability, in a drawn order."""
    lines = []
    for key, frames, value in parts:
        if scene.chance(share):
            facts[key] = value
            lines.append(scene.word(frames).format(value))
    scene.rng.shuffle(lines)
    return lines


AD = """
    item: item, article, thing for sale, product | What is offered
    brand: brand, make, manufacturer | Brand
    condition=new/used/damaged: condition, state | State of the thing
    price#: price, asking price, cost | Price that is asked
    old_price#: original price, new price, list price | What it cost when new
    negotiable?: negotiable, price negotiable | Whether the price can be talked about
    colour: colour, color | Colour
    size: size, dimensions, measures | Size
    material: material, made of | What it is made of
    city: city, location, town, pick up place | Town of the seller
    seller: seller, contact name, name | Name of the seller
    phone
    email
    delivery?: delivery, can be sent, shipping possible | Whether it can be sent
    age: age, how old | How old it is
    reason: reason for selling, why sold | Why it is sold
    warranty: warranty, guarantee | Warranty that is left
"""
CONDITIONS = {
    "new": ("brand new", "never used", "still in its box"),
    "used": ("used but in good shape", "second-hand", "some scratches"),
    "damaged": ("broken, for parts", "does not work any more"),
}
THINGS = (
    "mountain bike",
    "sofa",
    "dining table",
    "electric guitar",
    "pram",
    "washing machine",
    "camera",
    "bookshelf",
    "tent",
    "coffee machine",
    "wardrobe",
    "lawn mower",
    "piano",
    "surfboard",
)


@kind("commerce people vehicles", AD, titles=("classified ad", "listing", "ad"), weight=1.4)
def classified_ad(scene: Scene) -> Draft:
    """A small ad: what, how much, where, whom to call."""
    facts: Facts = {"item": scene.word(THINGS)}
    parts: list[Part] = [
        ("brand", ("brand {}", "made by {}", "{}"), scene.word(words.BRAND_STEMS)),
        ("price", ("{}", "only {}", "asking {}", "Price: {}"), scene.priced(scene.cents(5, 1500))),
        ("old_price", ("cost {} new", "new price was {}"), scene.priced(scene.cents(1500, 3000))),
        ("colour", ("{}", "colour {}"), scene.word(words.COLOURS)),
        ("size", ("size {}", "{}"), scene.pick("200 x 90 cm", "28 inch", "M", "140x70", "XL")),
        ("material", ("made of {}", "{}"), scene.word(words.MATERIALS)),
        ("city", ("pick up in {}", "{}", "to be collected in {}"), scene.city()),
        ("seller", ("ask for {}", "contact {}"), scene.person()),
        ("phone", ("tel {}", "call {}", "{}"), scene.phone()),
        ("email", ("mail {}", "{}"), scene.email()),
        ("age", ("{} old", "bought {} ago"), scene.pick("two years", "6 months", "10 years", "1 year")),
        (
            "reason",
            ("selling because of {}", "reason: {}"),
            scene.pick("moving abroad", "lack of space", "a new baby"),
        ),
    ]
    lines = told(scene, facts, parts, 0.33) + ad_flags(scene, facts)
    head = scene.pick("For sale: {}", "{} for sale", "Selling my {}", "{}", "FS {}").format(facts["item"])
    return Draft(scene.pick(", ", ". ", "\n", " - ", ", ").join([head, *lines]), facts)


def ad_flags(scene: Scene, facts: Facts) -> list[str]:
    """State, whether it can be sent, whether one may bargain."""
    lines = []
    if scene.chance(0.45):
        facts["condition"] = scene.pick(*CONDITIONS)
        lines.append(scene.word(CONDITIONS[str(facts["condition"])]))
    if scene.chance(0.25):
        facts["delivery"] = scene.chance(0.5)
        lines.append(
            scene.pick("I can post it", "shipping possible")
            if facts["delivery"]
            else scene.pick("collection only", "no shipping")
        )
    if scene.chance(0.25):
        facts["negotiable"] = scene.chance(0.5)
        lines.append(
            scene.pick("ONO", "open to offers", "make me an offer")
            if facts["negotiable"]
            else scene.pick("price is firm", "no haggling")
        )
    return lines


PRODUCT = """
    name: product name, name, product, model | Name of the product
    brand: brand, manufacturer, maker | Brand
    sku: sku, article number, item number, product code | Number of the article
    ean: ean, barcode, gtin | Number under the bar code
    price#: price, retail price, selling price | Price
    old_price#: old price, list price, was price | Price before the reduction
    colour: colour, color | Colour
    colours[]: colours, available colours, colour options | Colours in which it can be had
    material: material, fabric | Material
    weight: weight, net weight | Weight with its unit
    size: dimensions, size, measurements | Dimensions
    warranty: warranty, guarantee period | How long there is a warranty
    country: country of origin, made in, origin | Country in which it was made
    rating: rating, average rating, stars | Mean rating of the customers
    reviews+: reviews, number of reviews, review count | Number of reviews
    in_stock?: in stock, available, availability | Whether it can be had now
    features[]: features, highlights, key features | Features in a list
    power: power, power consumption, wattage | Power with its unit
    battery: battery life, battery | How long the battery lasts
    release@: release date, launch date | Day on which it came out
"""
FEATURES = (
    "dishwasher safe",
    "water resistant",
    "foldable",
    "two-year supply",
    "USB-C charging",
    "non-slip base",
    "BPA free",
    "quiet motor",
    "machine washable",
    "LED display",
)


@kind("commerce", PRODUCT, titles=("product", "product description", "article"), weight=1.4)
def product(scene: Scene) -> Draft:
    """A product as a shop describes it: in sentences or as a list of data."""
    stem, thing = (
        scene.word(words.BRAND_STEMS),
        scene.pick(
            "Kettle",
            "Backpack",
            "Desk Lamp",
            "Headphones",
            "Blender",
            "Tent",
            "Office Chair",
            "Watch",
            "Vacuum",
            "Heater",
        ),
    )
    name = f"{stem} {thing} {scene.reference('%00', '?%', 'Pro', 'X##', '2')}"
    facts: Facts = {"name": name}
    lines = product_rows(scene, facts) if scene.chance(0.5) else product_sentences(scene, facts)
    return Draft(name + "\n" + "\n".join([*lines, *product_lists(scene, facts)]), facts)


def product_values(scene: Scene) -> dict[str, str | Written]:
    """The values of a product."""
    return {
        "brand": scene.company(),
        "sku": scene.reference("??-####", "######", "#-###-##"),
        "ean": scene.reference("40###########", "#############"),
        "price": scene.priced(scene.cents(4, 500)),
        "old_price": scene.priced(scene.cents(500, 900)),
        "colour": scene.word(words.COLOURS),
        "material": scene.word(words.MATERIALS),
        "weight": scene.pick("1.2 kg", "850 g", "3 lbs", "0.4 kg", "12 oz"),
        "size": f"{scene.number(5, 90)} x {scene.number(5, 60)} x {scene.number(1, 50)} cm",
        "warranty": scene.pick("2 years", "24 months", "5 years", "12 months"),
        "country": scene.pick("Portugal", "China", "Germany", "Vietnam", "Turkey", "India", "Italy"),
        "rating": scene.pick("4.5", "3.8", "4.9", "4,2"),
        "reviews": scene.count(2, 4000),
        "power": scene.pick("1200 W", "60W", "2.2 kW"),
        "battery": scene.pick("12 hours", "30 h", "two weeks"),
    }


LABELS = {
    "brand": "Brand", "sku": "SKU", "ean": "EAN", "price": "Price", "old_price": "Was", "colour": "Colour",
    "material": "Material", "weight": "Weight",
    "size": "Dimensions", "warranty": "Warranty", "country": "Made in", "rating": "Rating",
    "reviews": "Reviews", "power": "Power", "battery": "Battery life",
}  # fmt: skip
SAID = {
    "brand": "by {}", "sku": "Item no. {}", "ean": "EAN {}", "price": "Now {}", "old_price": "formerly {}",
    "colour": "comes in {}", "material": "made of {}",
    "weight": "weighs {}", "size": "measures {}", "warranty": "{} warranty", "country": "made in {}",
    "rating": "rated {} out of 5", "reviews": "{} reviews",
    "power": "draws {}", "battery": "lasts {} on one charge",
}  # fmt: skip


def product_rows(scene: Scene, facts: Facts) -> list[str]:
    """As labels with values."""
    rows = []
    for key, value in product_values(scene).items():
        if scene.chance(0.4):
            facts[key] = value
            rows.append((LABELS[key], str(value)))
    scene.rng.shuffle(rows)
    return layout.pairs(scene.rng, rows).split("\n") if rows else []


def product_sentences(scene: Scene, facts: Facts) -> list[str]:
    """As phrases."""
    parts: list[Part] = [(key, (SAID[key],), value) for key, value in product_values(scene).items()]
    lines = told(scene, facts, parts, 0.35)
    return [scene.pick(", ", ". ", " | ").join(lines)] if lines else []


def product_lists(scene: Scene, facts: Facts) -> list[str]:
    """Features, colours, whether it is in stock."""
    lines = []
    if scene.chance(0.35):
        found = scene.some(FEATURES, 1, 4)
        facts["features"] = found
        lines += [scene.pick("- ", "* ", "+ ") + one for one in found]
    if "colour" not in facts and scene.chance(0.25):
        colours = scene.some(words.COLOURS, 2, 4)
        facts["colours"] = colours
        lines.append(f"Colours: {', '.join(colours)}")
    if scene.chance(0.35):
        facts["in_stock"] = scene.chance(0.6)
        lines.append(
            scene.pick("Ships today", "In stock", "Available now")
            if facts["in_stock"]
            else scene.pick("Sold out", "Currently not available")
        )
    return lines
