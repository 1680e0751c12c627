"""What people say to an assistant: one short sentence, put together from phrases that may be there or not."""

from __future__ import annotations

from . import words
from .draft import Draft, Facts
from .people import enumeration
from .registry import kind
from .scene import Scene

DAYS = (
    "tomorrow", "today", "tonight", "on friday", "next week", "this weekend", "monday morning",
    "in two days", "on sunday", "next tuesday",
    "this evening", "the day after tomorrow", "on the 3rd of may", "in june", "right now", "on christmas eve",
)  # fmt: skip
PLEASE = (
    "",
    "",
    "",
    "please ",
    "can you ",
    "could you ",
    "hey, ",
    "i want you to ",
    "would you ",
    "i'd like you to ",
)
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "ten", "2", "3", "4", "5", "6", "9")


class Utterance:
    """A sentence in the making and the facts in it."""

    def __init__(self, scene: Scene) -> None:
        """Begin with nothing said."""
        self.scene = scene
        self.parts: list[str] = []
        self.facts: Facts = {}

    def say(self, text: str) -> None:
        """Words without a value."""
        if text:
            self.parts.append(text)

    def maybe(self, key: str, frame: str, value: str, share: float = 0.5) -> bool:
        """With the given probability a phrase with a value (`{}`)."""
        if not self.scene.chance(share):
            return False
        self.facts[key] = value
        self.parts.append(frame.format(value))
        return True

    def done(self, ending: str = "") -> Draft:
        """The sentence."""
        return Draft(
            (" ".join(part.strip() for part in self.parts if part.strip()) + ending).strip(), self.facts
        )


def song(scene: Scene) -> str:
    """The title of a song, invented."""
    first, second = scene.word(words.SONG_PARTS[0]), scene.word(words.SONG_PARTS[1])
    return scene.pick(
        f"{first} {second}",
        f"{second} of the {first} Night",
        f"My {first} {second}",
        f"{second}",
        f"Song for {scene.fake.first_name()}",
    )


MUSIC = """
    song: song, track, song title, tune | Title of the song; Piece that shall be played
    artist: artist, musician, band, singer | Artist or band; Who sings
    album: album, record | Title of the album
    genre: genre, style, kind of music | Kind of music
    playlist: playlist, list name | Name of the playlist
    service: service, app, music service, platform | Service on which it is played
    year: year, decade, era | Year or decade of the music
    sort: sort, ranking, order word | Word for a ranking, for example latest or best
    room: room, speaker, device, where | Where it shall be played
    volume: volume, loudness | How loud
    shuffle?: shuffle, random order | Whether the order shall be random
"""
SERVICES = (
    "Spotify",
    "YouTube",
    "Deezer",
    "Tidal",
    "Pandora",
    "my phone",
    "Apple Music",
    "SoundCloud",
    "the radio app",
)


@kind("music", MUSIC, titles=("play music", "music request", "command"), weight=1.5, speech=True)
def play_music(scene: Scene) -> Draft:
    """A wish to hear something."""
    said = Utterance(scene)
    said.say(scene.word(PLEASE) + scene.pick("play", "put on", "start", "let me hear", "queue", "listen to"))
    what = scene.pick("song", "song", "genre", "album", "playlist", "year", "artist")
    if what == "song":
        said.maybe("song", scene.pick("{}", "the song {}", "the track {}", "{}"), song(scene), 1)
        said.maybe("artist", scene.pick("by {}", "from {}"), scene.person(), 0.6)
    elif what == "genre":
        said.maybe(
            "sort",
            scene.pick("the {}", "some {}"),
            scene.pick("latest", "best", "top", "newest", "most popular"),
            0.4,
        )
        said.maybe("genre", scene.pick("{} music", "{}", "{} songs"), scene.word(words.GENRES), 1)
    elif what == "album":
        said.maybe("album", scene.pick("the album {}", "the record {}"), song(scene), 1)
        said.maybe("artist", "by {}", scene.person(), 0.5)
    elif what == "playlist":
        said.maybe(
            "playlist",
            scene.pick("my {} playlist", "the playlist {}", "my playlist called {}"),
            scene.pick("gym", "Sunday Chill", "road trip", song(scene)),
            1,
        )
    elif what == "year":
        said.maybe(
            "year",
            scene.pick("something from {}", "music from the {}", "hits of {}"),
            scene.pick("1984", "2011", "nineties", "1973", "eighties", "2003"),
            1,
        )
    else:
        said.maybe("artist", scene.pick("something by {}", "{}", "anything by {}"), scene.person(), 1)
    said.maybe("service", scene.pick("on {}", "using {}", "through {}"), scene.word(SERVICES), 0.35)
    said.maybe(
        "room",
        scene.pick("in the {}", "on the {} speaker"),
        scene.pick("kitchen", "living room", "bathroom", "office"),
        0.2,
    )
    said.maybe("volume", "at {}", scene.pick("full volume", "low volume", "volume 7", "40 percent"), 0.1)
    if scene.chance(0.2):
        said.facts["shuffle"] = scene.chance(0.6)
        said.say("in random order" if said.facts["shuffle"] else "without shuffling")
    return said.done()


WEATHER = """
    city: city, town, place, where | City or town of the forecast
    country: country, land | Country
    state: state, region, province | State or region
    when: time, date, when, day, time range | Time or day that is asked for, as said
    condition: condition, weather condition, kind of weather | Kind of weather that is asked for
    temperature: temperature word, temperature | Word for warm or cold
    landmark: landmark, park, place of interest | Park, mountain or sight
    unit: unit, temperature unit | Unit of the temperature
    distance: spatial relation, nearness | Words for nearness, for example close by
    current_location: current location, here | Words for the place of the speaker
"""


@kind("travel", WEATHER, titles=("get weather", "weather request"), weight=1.2, speech=True)
def ask_weather(scene: Scene) -> Draft:
    """A question about the weather."""
    said = Utterance(scene)
    weather_asked(scene, said)
    said.maybe(
        "distance",
        "{}",
        scene.pick("close by", "near", "not far from", "within ten miles of", "around"),
        0.15,
    )
    weather_place(scene, said)
    said.maybe("when", "{}", scene.pick(*DAYS, f"at {scene.clock()}"), 0.6)
    said.maybe("unit", "in {}", scene.pick("celsius", "fahrenheit"), 0.1)
    return said.done(scene.pick("", "?", "?"))


def weather_asked(scene: Scene, said: Utterance) -> None:
    """What is asked: a kind of weather, warmth, or all of it."""
    if scene.chance(0.5):
        said.say(scene.pick("will it be", "is it going to be", "is it", "should I expect it to be"))
        if scene.chance(0.5):
            said.maybe(
                "condition",
                "{}",
                scene.pick("rainy", "stormy", "foggy", "sunny", "windy", "snowing", "cloudy", "humid"),
                1,
            )
        else:
            said.maybe(
                "temperature",
                "{}",
                scene.pick("warm", "chilly", "hot", "freezing", "colder", "mild", "warmer"),
                1,
            )
    else:
        said.say(
            scene.word(PLEASE)
            + scene.pick(
                "what is the weather",
                "tell me the forecast",
                "how is the weather",
                "give me the weather report",
                "check the forecast",
            )
        )


def weather_place(scene: Scene, said: Utterance) -> None:
    """Where: a town, a sight, here, or nowhere said."""
    place = scene.pick("city", "city", "here", "landmark", "none")
    if place == "city":
        said.maybe("city", scene.pick("in {}", "for {}", "{}"), scene.city(), 1)
        said.maybe(
            "state",
            "{}",
            str(scene.fake.administrative_unit()) if scene.locale in ("en_US", "en_CA", "en_AU") else "Tyrol",
            0.25,
        )
        said.maybe(
            "country",
            scene.pick("{}", "in {}"),
            scene.pick("France", "Peru", "Japan", "Kenya", "Canada", "Norway", "Vietnam"),
            0.25,
        )
    elif place == "landmark":
        said.maybe(
            "landmark",
            scene.pick("at {}", "in {}"),
            f"{scene.fake.last_name()} "
            f"{scene.pick('National Park', 'Falls', 'Island', 'Beach', 'State Forest')}",
            1,
        )
    elif place == "here":
        said.maybe(
            "current_location",
            scene.pick("{}", "at {}"),
            scene.pick("here", "my current location", "my current position", "where I am"),
            1,
        )


TABLE = """
    restaurant: restaurant, restaurant name, place | Name of the restaurant
    cuisine: cuisine, kind of food, food type | Kind of food
    dish: dish, served dish, food | Dish that shall be on the card
    guests: number of people, party size, guests, how many | Number of people, as said
    companions[]: companions, people, with whom | People who come along
    when: time, date, when, day | Day or time, as said
    clock: clock time, hour, at | Time of day
    city: city, town, where | City or town
    country: country, land | Country
    kind: restaurant type, kind of place, venue type | Kind of place, for example a bar
    quality: ranking, quality, sort | Word for quality, for example best rated
    feature: facility, feature, amenity | What the place shall have, for example parking
    near: near, point of interest, close to | Thing that the place shall be near to
    smoking?: smoking, smoking allowed | Whether smoking shall be possible
"""


@kind("travel cooking people", TABLE, titles=("book restaurant", "reservation"), weight=1.3, speech=True)
def book_table(scene: Scene) -> Draft:
    """A wish for a table."""
    said = Utterance(scene)
    said.say(
        scene.word(PLEASE)
        + scene.pick(
            "book a table",
            "reserve a table",
            "make a reservation",
            "find me a place to eat",
            "get us a table",
        )
    )
    said.maybe("guests", scene.pick("for {}", "for {} people", "for a party of {}"), scene.word(NUMBERS), 0.5)
    if scene.chance(0.2):
        people = [scene.person_parts()[0] for _ in range(scene.number(1, 2))]
        people = list(dict.fromkeys(people))
        said.facts["companions"] = people
        said.say(
            f"for me and {enumeration(people)}"
            if "guests" not in said.facts
            else f"with {enumeration(people)}"
        )
    table_place(scene, said)
    said.maybe("city", "in {}", scene.city(), 0.4)
    said.maybe(
        "country",
        "in {}" if "city" not in said.facts else "{}",
        scene.pick("Spain", "Chile", "Ireland", "Greece", "Ghana"),
        0.15,
    )
    said.maybe(
        "near",
        scene.pick("near the {}", "close to the {}"),
        scene.pick("station", "old harbour", "city museum", "stadium", "airport"),
        0.2,
    )
    said.maybe("when", "{}", scene.word(DAYS), 0.45)
    said.maybe("clock", "at {}", scene.clock(11, 22), 0.35)
    return said.done(scene.pick("", "."))


def table_place(scene: Scene, said: Utterance) -> None:
    """A restaurant by name, or what kind of place it shall be."""
    if scene.chance(0.45):
        said.maybe("restaurant", scene.pick("at {}", "in {}"), scene.shop(), 1)
    else:
        said.say("at a")
        said.maybe("quality", "{}", scene.pick("highly rated", "cheap", "top-rated", "popular", "fancy"), 0.4)
        said.maybe("cuisine", "{}", scene.word(words.CUISINES), 0.5)
        said.maybe(
            "kind",
            "{}",
            scene.pick("restaurant", "bar", "pub", "diner", "tea house", "brasserie", "food truck"),
            1,
        )
        said.maybe(
            "dish", scene.pick("that serves {}", "with good {}", "serving {}"), scene.word(words.DISHES), 0.3
        )
        said.maybe(
            "feature", "with {}", scene.pick("a terrace", "parking", "wifi", "outdoor seating", "a pool"), 0.2
        )
