"""Running text: sentences about people, firms, places and works, news, sport, weather, posts."""

from __future__ import annotations

import string
from collections.abc import Callable

from . import layout, words
from .draft import Draft, Facts
from .references import work_title
from .registry import kind
from .requests import song
from .scene import Scene

ENTITIES = """
    person[]: people, persons, person names, names of persons | Persons named in the text; People
    company[]: companies, organisations, firms, businesses | Companies and organisations named in the text
    city[]: cities, towns, places, locations | Cities and towns named in the text
    country[]: countries, nations, states | Countries named in the text
    university[]: universities, schools, academic institutions | Universities named in the text
    team[]: sports teams, clubs, teams | Sports teams named in the text
    event[]: events, festivals, conferences | Events named in the text
    award[]: awards, prizes, honours | Awards and prizes named in the text
    book[]: books, written works, publications | Titles of books named in the text
    song[]: songs, tracks, song titles | Titles of songs named in the text
    product[]: products, devices, goods | Products named in the text
    language[]: languages, tongues | Languages named in the text
    field[]: fields, disciplines, academic fields | Fields of study named in the text
    medicine[]: medicines, drugs, medications | Medicines named in the text
    journal[]: journals, periodicals, magazines | Journals named in the text
    money[]: amounts of money, sums, money amounts | Sums of money in the text, with the currency
    date[]: dates, days, calendar dates | Dates in the text
    year[]: years, year numbers | Years in the text
    genre[]: music genres, genres, styles | Kinds of music named in the text
    skill[]: programming languages, software, tools | Tools and software named in the text
    dish[]: dishes, meals, foods | Dishes named in the text
    email[]: emails, email addresses | E-mail addresses in the text
    phone[]: phone numbers, telephone numbers | Telephone numbers in the text
    percent[]: percentages, shares, percent values | Percentages in the text
    vehicle[]: vehicles, car models, cars | Vehicles named in the text
"""
FRAMES = (
    "{person} joined {company} in {year} after leaving {company}.",
    "{company} opened a branch in {city}, its first in {country}.",
    "{person} studied {field} at {university} and later moved to {city}.",
    "The {award} went to {person} for the book {book}.",
    "{team} lost to {team} in {city} on {date}.",
    "Shares of {company} rose by {percent} after the offer of {money}.",
    "{person} speaks {language}, {language} and a little {language}.",
    "At the {event} in {city}, {person} played {song} for the first time.",
    "{song} mixes {genre} with {genre}.", "The study in {journal} compared {medicine} with {medicine}.",
    "{company} recalled the {product} sold in {country} and {country}.",
    "{person} and {person} founded {company} with {money}.",
    "On {date} the ministers of {country} and {country} met in {city}.",
    "{person} teaches {field} at {university}.",
    "Patients who took {medicine} slept better, wrote {person} in {journal}.",
    "{book} was translated into {language} in {year}.",
    "The menu offers {dish}, {dish} and {dish}.", "Questions go to {person} at {email} or {phone}.",
    "A {vehicle} hit a {vehicle} near {city} last night.",
    "The team at {company} works with {skill} and {skill}.",
    "{team} signed {person} for {money}.", "{percent} of the people in {city} take the bus.",
    "The {event} returns to {city} on {date}.",
    "{person}, who grew up in {city}, won the {award} twice.", "Tickets for the {event} cost {money}.",
    "{university} and {company} will work together on {field}.",
    "{person} drove a {vehicle} from {city} to {city}.",
    "In {year}, {country} exported more than ever.",
    "Critics called {song} the best {genre} piece since {year}.",
    "{person} published {book} with help from {university}.",
)  # fmt: skip
FILLERS = (
    "Nothing else was said at the meeting.",
    "The weather stayed fine all day.",
    "More is to follow.",
    "It came as a surprise to most.",
    "Not everybody was pleased.",
    "This had been expected for a while.",
)
COUNTRY_NAMES = words.table("""
France, Kenya, Japan, Brazil, Norway, Canada, India, Egypt, Peru, Poland, Vietnam, Italy, Ghana, Mexico,
Turkey, New Zealand, South Africa, Morocco, Chile, Greece, Indonesia, the Netherlands, Portugal,
Sweden, Ukraine, Argentina
""")


def makers(scene: Scene) -> dict[str, Callable[[], str]]:
    """How to draw a value of each kind of entity."""
    return {
        "person": scene.person,
        "company": scene.company,
        "city": scene.city,
        "country": lambda: scene.word(COUNTRY_NAMES),
        "university": lambda: scene.pick(
            "University of {}", "{} University", "{} Institute of Technology"
        ).format(scene.city()),
        "team": lambda: f"{scene.city()} {scene.word(words.TEAMS)}",
        "event": lambda: f"{scene.city()} {scene.word(words.EVENTS)}",
        "award": lambda: f"{scene.fake.last_name()} {scene.pick('Prize', 'Medal', 'Award')}",
        "book": lambda: work_title(scene).title(),
        "song": lambda: song(scene),
        "product": lambda: (
            f"{scene.word(words.BRAND_STEMS)} {scene.reference('X##', '?%00', 'Mini', 'Pro %')}"
        ),
        "language": lambda: scene.word(words.LANGUAGES),
        "field": lambda: scene.word(words.SUBJECTS).lower(),
        "medicine": lambda: scene.word(words.MEDICINES).lower(),
        "journal": lambda: scene.word(words.JOURNALS),
        "money": lambda: str(scene.priced(scene.cents(5, 900) * scene.pick(1, 100, 1000))),
        "date": lambda: scene.day().text,
        "year": lambda: str(scene.number(1890, 2026)),
        "genre": lambda: scene.word(words.GENRES),
        "skill": lambda: scene.pick(
            "Python", "Kubernetes", "Figma", "Excel", "Photoshop", "Docker", "Linux", "React", "SAP"
        ),
        "dish": lambda: scene.word(words.DISHES),
        "email": scene.email,
        "phone": scene.phone,
        "percent": lambda: scene.pick("{}%", "{} percent", "{} %", "{} per cent").format(scene.number(1, 99)),
        "vehicle": lambda: scene.word(words.CARS),
    }


def fill(scene: Scene, frame: str, found: dict[str, list[str]]) -> str:
    """A sentence with its slots filled; each value is kept under its kind."""
    draw = makers(scene)
    parts = []
    for literal, slot, _, _ in string.Formatter().parse(frame):
        parts.append(literal)
        if slot:
            value = draw[slot]()
            parts.append(value)
            if value not in found.setdefault(slot, []):
                found[slot].append(value)
    return "".join(parts)


@kind(
    "people science music sports vehicles cooking medicine technical",
    ENTITIES,
    titles=("entities", "named entities", "mentions"),
    weight=4,
)
def entities_in_prose(scene: Scene) -> Draft:
    """A few sentences with names of many kinds: each kind is a list."""
    found: dict[str, list[str]] = {}
    sentences = [fill(scene, frame, found) for frame in scene.some(FRAMES, 1, 5)]
    if scene.chance(0.3):
        sentences.insert(scene.number(0, len(sentences)), scene.word(FILLERS))
    facts: Facts = {key: list(values) for key, values in found.items()}
    return Draft(layout.wrapped(" ".join(sentences), scene.pick(60, 100, 1000)), facts)
