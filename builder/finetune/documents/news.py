"""What has happened and what will: reports, matches, the weather."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .people import enumeration
from .registry import kind
from .scene import Scene

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
