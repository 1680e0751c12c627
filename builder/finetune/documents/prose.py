"""Running text about firms and things: profiles, posts, reviews."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts
from .entities import COUNTRY_NAMES, makers
from .people import enumeration
from .registry import kind
from .scene import Scene

FIRM = """
    company: company, name, company name, organisation | Name of the company
    founded: founded, year founded, established, since | Year in which it was founded
    founders[]: founders, founded by, started by | People who founded it
    headquarters: headquarters, based in, seat, head office | Town of the head office
    country: country, home country | Country of the head office
    ceo: ceo, chief executive, managing director, head | Person who leads it
    employees: employees, staff, number of employees, headcount | How many people work there, as written
    revenue#: revenue, turnover, annual sales | Revenue of a year
    industry: industry, sector, business | What it does
    products[]: products, brands, offers | Products of the company
    subsidiaries[]: subsidiaries, owned companies, daughter companies | Companies that it owns
    parent: parent company, owner, owned by | Company that owns it
    listed?: listed, publicly traded, on the stock exchange | Whether its shares are traded
    acquired: acquired, bought company, takeover | Company that it bought
    website
    offices[]: offices, branches, locations | Towns with an office beside the head office
    profit#: profit, net income | Profit of a year
    closed: closed, year closed, dissolved | Year in which it ended
"""


@kind("commerce people", FIRM, titles=("company", "company profile", "organisation"), weight=1.4)
def company_profile(scene: Scene) -> Draft:
    """A paragraph on a firm."""
    name = scene.company()
    facts: Facts = {"company": name}
    text = [
        scene.pick(
            "{n} is a company for {i}.", "{n} works in {i}.", "{n}: {i} since the very beginning."
        ).format(n=name, i="{i}")
    ]
    facts["industry"] = scene.pick(
        "office furniture",
        "cloud software",
        "organic food",
        "railway signals",
        "medical devices",
        "toys",
        "wind energy",
        "insurance",
    )
    text[0] = text[0].replace("{i}", str(facts["industry"]))
    sentences = firm_sentences(scene, facts)
    scene.rng.shuffle(sentences)
    return Draft(layout.wrapped(" ".join([*text, *sentences]), scene.pick(70, 100, 500)), facts)


def firm_sentences(scene: Scene, facts: Facts) -> list[str]:
    """What else is told."""
    text = []
    for key, frame, value in (
        ("founded", "It was founded in {}.", str(scene.number(1850, 2024))),
        ("headquarters", "The head office is in {}.", scene.city()),
        ("country", "It is one of the oldest firms of {}.", scene.word(COUNTRY_NAMES)),
        ("ceo", "{} has led the firm since last spring.", scene.person()),
        ("employees", "About {} people work there.", scene.pick("1,200", "45", "300", "12 000", "seventy")),
        ("revenue", "Revenue was {} last year.", scene.priced(scene.cents(1, 90) * 100000)),
        ("parent", "It belongs to {}.", scene.company()),
        ("acquired", "In autumn it bought {}.", scene.company()),
        ("website", "More on {}.", scene.website(scene.host())),
        ("profit", "The profit came to {}.", scene.priced(scene.cents(1, 90) * 1000)),
    ):
        if scene.chance(0.33):
            facts[key] = value
            text.append(frame.format(value))
    for key, frame, values in (
        ("founders", "The founders were {}.", scene.people(1, 3)),
        (
            "products",
            "Its best-known products are the {}.",
            list(dict.fromkeys(makers(scene)["product"]() for _ in range(2))),
        ),
        ("offices", "There are offices in {}.", list(dict.fromkeys(scene.city() for _ in range(3)))),
        ("subsidiaries", "It owns {}.", list(dict.fromkeys(scene.company() for _ in range(2)))),
    ):
        if scene.chance(0.25):
            facts[key] = values
            text.append(frame.format(enumeration(values)))
    if scene.chance(0.25):
        facts["listed"] = scene.chance(0.5)
        text.append(
            "Its shares are traded in Frankfurt." if facts["listed"] else "It is still a family business."
        )
    return text


POST = """
    author: author, user, posted by, handle | Who wrote the post
    hashtags[]: hashtags, tags | Words marked with #, with the mark
    mentions[]: mentions, mentioned users, tagged people | Users marked with @, with the mark
    link: link, url, shared link | Address in the post
    place: place, location, where | Place in the post
    product: product, item, thing reviewed | Thing that the post is about
    company: company, brand, shop | Company or shop that the post is about
    mood=happy/angry/neutral: sentiment, mood, feeling | How the writer feels
    rating: rating, stars, points | Rating that is given
    time: time, posted at, when | Time of the post
    price#: price, paid, amount | Price that is mentioned
    recommend?: recommends, would recommend, recommended | Whether the writer recommends it
    dish: dish, food | Food that is mentioned
    pros[]: pros, liked, good points | What the writer liked
    cons[]: cons, disliked, bad points | What the writer did not like
"""
MOODS = {
    "happy": ("So good!", "Love it :)", "Best day ever", "I am delighted."),
    "angry": ("Never again!!", "What a rip-off", "I am furious."),
    "neutral": ("It is okay.", "Nothing special."),
}
POINTS = (
    "friendly staff",
    "fast delivery",
    "great sound",
    "clean rooms",
    "good coffee",
    "easy set-up",
    "long battery life",
    "nice view",
)
FLAWS = (
    "slow service",
    "noisy street",
    "poor manual",
    "cold food",
    "scratched case",
    "rude waiter",
    "high price",
    "no parking",
)


@kind("commerce cooking", POST, titles=("review", "post", "social media"), weight=1.4)
def post_or_review(scene: Scene) -> Draft:
    """A short post or a review."""
    facts: Facts = {}
    subject = scene.pick("company", "product")
    facts[subject] = scene.shop() if subject == "company" else scene.word(words.GOODS)
    text = [
        scene.pick("Tried {} today.", "{}, what can I say.", "My view on {}:", "{}!").format(facts[subject])
    ]
    for key, frame, value in (
        ("place", "in {}", scene.city()),
        ("dish", "had the {}.", scene.word(words.DISHES)),
        ("price", "paid {}.", scene.priced(scene.cents(3, 90))),
        ("rating", "{} stars", scene.pick("5", "4/5", "two", "1", "3.5")),
        ("link", "see {}", f"https://{scene.host()}/p/{scene.number(10, 9999)}"),
    ):
        if scene.chance(0.3):
            facts[key] = value
            text.append(frame.format(value))
    text += opinions(scene, facts)
    for key, mark, values in (
        ("mentions", "@", [name.lower() for name in scene.some(words.BRAND_STEMS, 1, 2)]),
        (
            "hashtags",
            "#",
            scene.some(("travel", "foodie", "fail", "weekend", "tech", "love", "home", "music"), 1, 3),
        ),
    ):
        if scene.chance(0.25):
            shown = [mark + value.replace(" ", "") for value in values]
            facts[key] = shown
            text.append(" ".join(shown))
    head = ""
    if scene.chance(0.35):
        facts["author"] = scene.pick(
            scene.person(), f"{scene.word(words.BRAND_STEMS).replace(' ', '').lower()}_{scene.number(1, 99)}"
        )
        head = scene.pick("{}:", "by {}", "{} wrote").format(facts["author"]) + scene.pick(" ", "\n")
    return Draft(head + " ".join(text), facts)


def opinions(scene: Scene, facts: Facts) -> list[str]:
    """Mood, good and bad points, advice."""
    text = []
    if scene.chance(0.5):
        facts["mood"] = scene.pick(*MOODS)
        text.append(scene.word(MOODS[str(facts["mood"])]))
    for key, frame, table in (("pros", "Good: {}.", POINTS), ("cons", "Bad: {}.", FLAWS)):
        if scene.chance(0.3):
            found = scene.some(table, 1, 2)
            facts[key] = found
            text.append(frame.format(", ".join(found)))
    if scene.chance(0.3):
        facts["recommend"] = scene.chance(0.6)
        text.append(
            scene.pick("Go there!", "Can only recommend it.")
            if facts["recommend"]
            else scene.pick("Stay away.", "Save your money.")
        )
    return text
