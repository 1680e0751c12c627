"""Running text: sentences about people, firms, places and works, news, sport, weather, posts."""

from __future__ import annotations

import string
from collections.abc import Callable

from . import layout, words
from .draft import Draft, Facts, Written
from .people import enumeration
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
    "{person} published {book} with help from {university}.", "Nothing else was said at the meeting.",
    "The weather stayed fine all day.",
)  # fmt: skip
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
    facts: Facts = {key: list(values) for key, values in found.items()}
    return Draft(layout.wrapped(" ".join(sentences), scene.pick(60, 100, 1000)), facts)


NEWS = """
    headline: headline, title | Headline
    place: place, dateline, location, where | Town where it happened
    date@: date, publication date, published | Day of the report
    author: author, reporter, by, journalist | Person who wrote the report
    agency: agency, source, newspaper | Agency or paper
    what=accident/fire/theft/flood/strike: event type, incident, kind of event | What happened
    when: time of event, when, day of event | When it happened, as written
    injured: injured, number of injured, hurt | How many people were hurt, as written
    dead: deaths, number of dead, fatalities | How many people died, as written
    damage#: damage, loss, cost of damage | Money lost
    spokesperson: spokesperson, quoted person, witness | Person who is quoted
    role: role of speaker, position of spokesperson | Office of the person who is quoted
    company: company, organisation involved | Company that is concerned
    cause: cause, reason | Why it happened
    arrested?: arrests, was someone arrested | Whether somebody was arrested
    suspect: suspect, accused | Person who is suspected
    vehicles[]: vehicles, vehicles involved, cars | Vehicles that are named
    reward#: reward, money offered | Reward for hints
"""
HAPPENED = {
    "accident": ("Two cars collided", "A lorry overturned", "A crash blocked the road"),
    "fire": ("A warehouse burned down", "Flames destroyed a barn", "A kitchen caught fire"),
    "theft": ("Burglars emptied a shop", "Thieves stole copper cable", "A painting was stolen"),
    "flood": ("Water filled dozens of cellars", "The river burst its banks"),
    "strike": ("Workers walked out", "Bus drivers stopped work over pay"),
}  # fmt: skip


@kind("people law vehicles", NEWS, titles=("news", "news item", "incident"), weight=1.6)
def news_item(scene: Scene) -> Draft:
    """A short report on something that happened."""
    what = scene.pick(*HAPPENED)
    facts: Facts = {
        "what": what,
        "place": scene.city(),
        "when": scene.pick("on Monday", "last night", "early on Sunday", "yesterday", "on Friday evening"),
    }
    first = f"{scene.word(HAPPENED[what])} in {facts['place']} {facts['when']}."
    text = [first, *told_news(scene, facts)]
    if scene.chance(0.25):
        facts["arrested"] = scene.chance(0.5)
        text.append(
            "Police arrested a man at the scene." if facts["arrested"] else "Nobody has been arrested so far."
        )
    if scene.chance(0.2):
        found = scene.some(words.CARS, 1, 3)
        facts["vehicles"] = found
        text.append(
            "Police are looking for the owners of " + enumeration([f"a {car}" for car in found]) + "."
        )
    return Draft(
        layout.stack(news_head(scene, facts), layout.wrapped(" ".join(text), scene.pick(60, 90, 500))), facts
    )


def told_news(scene: Scene, facts: Facts) -> list[str]:
    """Sentences with one value or two."""
    text = []
    for key, frames, value in (
        (
            "injured",
            ("{} people were injured.", "{} people were taken to hospital."),
            scene.pick("Two", "three", "12", "Seven", "several"),
        ),
        ("dead", ("{} people died.", "The number of dead is {}."), scene.pick("One", "two", "4", "Five")),
        (
            "damage",
            ("The damage comes to {}.", "The loss is put at {}."),
            scene.priced(scene.cents(2, 900) * 1000),
        ),
        (
            "cause",
            ("The cause was {}.", "Police blame {}."),
            scene.pick("black ice", "a broken pipe", "low wages", "a short circuit", "heavy rain"),
        ),
        ("company", ("{} did not want to comment.", "{} said that business goes on."), scene.company()),
        ("suspect", ("{} is under suspicion.", "The suspect is {}."), scene.person()),
        (
            "reward",
            ("There is a reward of {}.", "{} are offered for hints."),
            scene.priced(scene.cents(100, 5000)),
        ),
    ):
        if scene.chance(0.28):
            facts[key] = value
            text.append(scene.word(frames).format(value))
    if scene.chance(0.4):
        facts |= {
            "spokesperson": scene.person(),
            "role": scene.pick("fire chief", "mayor", "police spokeswoman", "union leader", "eyewitness"),
        }
        text.append(
            scene.pick(
                '"It could have been worse," said {p}, {r}.', '{p}, {r}, spoke of a "dark day".'
            ).format(p=facts["spokesperson"], r=facts["role"])
        )
    scene.rng.shuffle(text)
    return text


def news_head(scene: Scene, facts: Facts) -> str:
    """Headline, day, author, agency."""
    lines = []
    if scene.chance(0.5):
        facts["headline"] = scene.pick(
            "Long night for the fire brigade",
            "Shock in the old town",
            "Questions remain",
            "Quiet street wakes to sirens",
            "What we know so far",
        )
        lines.append(str(facts["headline"]))
    second = []
    if scene.chance(0.4):
        facts["author"] = scene.person()
        second.append(scene.pick("By {}", "{}", "Report: {}").format(facts["author"]))
    if scene.chance(0.4):
        facts["date"] = scene.day()
        second.append(str(facts["date"]))
    if scene.chance(0.3):
        facts["agency"] = scene.pick("{} Herald", "{} Post", "{} News Agency", "Radio {}").format(
            scene.city()
        )
        second.append(str(facts["agency"]))
    return layout.stack(*lines, scene.pick(", ", " | ", " - ").join(second))


MATCH = """
    home: home team, home, hosts | Team that played at home
    away: away team, visitors, guests, away | Team that was the guest
    score: score, result, final score | Final score, as written
    half_time: half-time score, score at half time, ht | Score at half time
    competition: competition, league, tournament | League or cup
    date@: date, match date, played on | Day of the match
    stadium: stadium, venue, ground | Where it was played
    attendance: attendance, spectators, crowd | How many people watched
    scorers[]: scorers, goal scorers, goals by | Players who scored
    referee: referee, umpire | Referee
    coach: coach, manager, trainer | Coach who is quoted
    winner: winner, winning team | Team that won
    red_card: sent off, red card, dismissed player | Player who was sent off
    next_match: next match, next opponent | Next opponent
    best_player: best player, man of the match, mvp | Best player
    broadcaster: broadcaster, channel, tv station | Who showed it
"""


@kind("people", MATCH, titles=("match", "sports result", "game"), weight=1.2)
def sports_result(scene: Scene) -> Draft:
    """A report on a match."""
    home, away = f"{scene.city()} {scene.word(words.TEAMS)}", f"{scene.city()} {scene.word(words.TEAMS)}"
    first, second = scene.number(0, 5), scene.number(0, 5)
    facts: Facts = {"home": home, "away": away, "score": f"{first}{scene.pick('-', ':')}{second}"}
    if first != second:
        facts["winner"] = home if first > second else away
    text = [
        scene.pick(
            "{h} {s} {a}.", "{h} - {a} {s}.", "{h} against {a} ended {s}.", "{h} hosted {a}: {s}."
        ).format(h=home, a=away, s=facts["score"])
    ]
    for key, frames, value in match_values(scene):
        if scene.chance(0.3):
            facts[key] = value
            text.append(scene.word(frames).format(value))
    if first + second and scene.chance(0.5):
        people = scene.people(1, min(4, first + second))
        facts["scorers"] = people
        text.append(
            scene.pick("Goals: {}.", "Scorers: {}.", "The goals came from {}.").format(", ".join(people))
        )
    return Draft(scene.pick(" ", " ", "\n").join(text), facts)


def match_values(scene: Scene) -> list[tuple[str, tuple[str, ...], str | Written]]:
    """Field, frames and value of what may be told about a match."""
    return [
        (
            "half_time",
            ("Half time: {}.", "It was {} at the break."),
            f"{scene.number(0, 3)}-{scene.number(0, 3)}",
        ),
        (
            "competition",
            ("{}.", "It was a match of the {}."),
            scene.pick("Premier League", "Regional Cup", "U19 Championship", "Second Division"),
        ),
        ("date", ("Played on {}.", "Date: {}."), scene.day()),
        (
            "stadium",
            ("Venue: {}.", "The match was played at {}."),
            f"{scene.word(words.BRAND_STEMS)} {scene.pick('Park', 'Arena', 'Stadium', 'Road')}",
        ),
        (
            "attendance",
            ("Attendance: {}.", "{} people watched."),
            scene.pick("312", "12,450", "8 200", "43,001"),
        ),
        ("referee", ("Referee: {}.", "The referee was {}."), scene.person()),
        ("coach", ('"We were lucky," said coach {}.', "Coach {} was happy."), scene.person()),
        ("red_card", ("{} was sent off.", "Red card for {}."), scene.person()),
        (
            "next_match",
            ("Next opponent: {}.", "Next week they face {}."),
            f"{scene.city()} {scene.word(words.TEAMS)}",
        ),
        ("best_player", ("Best player: {}.", "{} was the man of the match."), scene.person()),
    ]


FORECAST = """
    place: place, city, location, station | Place of the report
    date@: date, day of forecast, issued | Day of the report
    condition: condition, weather, sky | Weather in words
    high: high, maximum temperature, daytime high | Highest temperature with its unit
    low: low, minimum temperature, overnight low | Lowest temperature with its unit
    wind: wind speed, wind | Speed of the wind with its unit
    wind_direction: wind direction, wind from | Direction of the wind
    humidity: humidity, relative humidity | Humidity
    rain: rainfall, precipitation, rain amount | Amount of rain with its unit
    pressure: pressure, air pressure | Pressure of the air with its unit
    sunrise: sunrise, sun rises | Time of the sunrise
    sunset: sunset, sun sets | Time of the sunset
    uv: uv index, uv | UV index
    warning: warning, alert, weather warning | Warning
    tomorrow: tomorrow, outlook, next day | Weather of the next day in words
    snow: snow depth, snow | Depth of the snow
"""


@kind("nature", FORECAST, titles=("weather", "weather report", "forecast"), weight=1)
def weather_report(scene: Scene) -> Draft:
    """The weather of a place, in sentences or as a list."""
    unit = scene.pick("\u00b0C", " C", " degrees", "\u00b0F")
    low = scene.number(-5, 15)
    values: dict[str, tuple[str, str, str | Written]] = {
        "condition": ("Weather", "It will be {}.", scene.word(words.WEATHER)),
        "high": (scene.pick("High", "Max"), "Highs reach {}.", f"{low + scene.number(3, 15)}{unit}"),
        "low": (scene.pick("Low", "Min"), "Temperatures drop to {} at night.", f"{low}{unit}"),
        "wind": ("Wind", "Wind blows at {}.", f"{scene.number(2, 90)} {scene.pick('km/h', 'mph', 'kn')}"),
        "wind_direction": (
            "Direction",
            "The wind comes from the {}.",
            scene.pick("north", "SW", "east", "northwest", "south"),
        ),
        "humidity": ("Humidity", "Humidity is {}.", f"{scene.number(20, 100)}%"),
        "rain": ("Precipitation", "Expect {} of rain.", f"{scene.number(1, 60)} mm"),
        "pressure": ("Pressure", "Air pressure {}.", f"{scene.number(980, 1040)} hPa"),
        "sunrise": ("Sunrise", "The sun rises at {}.", scene.clock(5, 8)),
        "sunset": ("Sunset", "Sunset is at {}.", scene.clock(16, 21)),
        "uv": ("UV index", "The UV index is {}.", str(scene.number(0, 11))),
        "warning": (
            "Warning",
            "Warning: {}.",
            scene.pick("icy roads", "gale force winds", "heat", "flooding near the river"),
        ),
        "tomorrow": (
            "Tomorrow",
            "Tomorrow: {}.",
            scene.pick("mostly dry", "more rain", "bright spells", "much colder"),
        ),
    }
    facts: Facts = {"place": scene.city()}
    chosen = [key for key in values if scene.chance(0.42)] or ["condition"]
    facts |= {key: values[key][2] for key in chosen}
    head = scene.pick("Weather for {}", "{}", "{} forecast", "Station {}").format(facts["place"])
    if scene.chance(0.4):
        facts["date"] = scene.day()
        head += scene.pick(", {}", " on {}", " ({})").format(facts["date"])
    if scene.chance(0.5):
        return Draft(
            head + "\n" + layout.pairs(scene.rng, [(values[key][0], str(values[key][2])) for key in chosen]),
            facts,
        )
    return Draft(
        head
        + scene.pick(". ", "\n", ": ")
        + " ".join(values[key][1].format(values[key][2]) for key in chosen),
        facts,
    )


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
