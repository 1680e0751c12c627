"""More wishes to an assistant: reminders, timers, searches, journeys, calls and devices."""

from __future__ import annotations

from . import words
from .draft import Draft
from .registry import kind
from .requests import DAYS, NUMBERS, PLEASE, Utterance, song
from .scene import Scene

REMINDER = """
    task: task, reminder, what, todo | What shall be remembered; Thing to do
    when: date, day, when | Day, as said
    clock: time, clock time, at | Time of day, as said
    person: person, whom, contact | Person who is concerned
    place: place, location, where | Place of the thing
    recurrence: recurrence, repeat, frequency | How often it repeats
    list_name: list, list name | Name of the list
    early: lead time, how long before, remind before | How long before the reminder shall come
    priority=low/high: priority, importance | How important it is
"""


@kind("people", REMINDER, titles=("reminder", "set reminder", "calendar"), weight=1.2, speech=True)
def set_reminder(scene: Scene) -> Draft:
    """A wish to be reminded of something."""
    said = Utterance(scene)
    said.say(
        scene.word(PLEASE)
        + scene.pick(
            "remind me to",
            "set a reminder to",
            "don't let me forget to",
            "put on my calendar:",
            "note that I have to",
        )
    )
    said.maybe("task", "{}", scene.word(words.TASKS), 1)
    said.maybe("person", scene.pick("with {}", "together with {}"), scene.person(), 0.25)
    said.maybe("place", scene.pick("at {}", "in {}"), scene.word(words.ROOMS), 0.2)
    said.maybe("when", "{}", scene.word(DAYS), 0.5)
    said.maybe("clock", scene.pick("at {}", "around {}"), scene.clock(6, 22), 0.4)
    said.maybe(
        "recurrence",
        "{}",
        scene.pick("every week", "daily", "every monday", "once a month", "each morning"),
        0.2,
    )
    said.maybe(
        "early", "and tell me {} before", scene.pick("an hour", "ten minutes", "15 minutes", "one day"), 0.2
    )
    said.maybe("list_name", "on my {} list", scene.pick("work", "family", "house", "garden"), 0.15)
    if scene.chance(0.2):
        said.facts["priority"] = scene.pick("low", "high")
        said.say("it is very important" if said.facts["priority"] == "high" else "it is not important")
    return said.done()


TIMER = """
    duration: duration, length, how long, timer length | How long the timer runs
    clock: alarm time, time, at | Time at which the alarm rings
    name: name, label, timer name | Name of the timer
    days: days, repeat, weekdays | Days on which it repeats
    sound: sound, ringtone, tone | Sound of the alarm
    device: device, on which device | Device that shall ring
    action=set/cancel/pause: action, what to do, operation | What shall be done with it
"""
ACTIONS = {
    "set": ("set", "start", "create"),
    "cancel": ("cancel", "delete", "stop", "turn off"),
    "pause": ("pause", "hold", "freeze"),
}


@kind("cooking", TIMER, titles=("timer", "alarm"), weight=0.8, speech=True)
def timer_or_alarm(scene: Scene) -> Draft:
    """A timer or an alarm."""
    said = Utterance(scene)
    action = scene.pick("set", "set", "cancel", "pause")
    said.facts["action"] = action
    said.say(scene.word(PLEASE) + scene.word(ACTIONS[action]))
    if scene.chance(0.5):
        said.say(scene.pick("a timer", "the timer"))
        said.maybe(
            "duration",
            "for {}",
            scene.pick("{} minutes", "{} hours", "{} seconds").format(scene.word(NUMBERS)),
            0.85,
        )
    else:
        said.say(scene.pick("an alarm", "my alarm", "a wake-up call"))
        said.maybe("clock", "for {}", scene.clock(5, 11), 0.85)
        said.maybe(
            "days", "{}", scene.pick("every weekday", "on saturdays", "every day", "monday to thursday"), 0.3
        )
    said.maybe(
        "name",
        scene.pick("called {}", "named {}"),
        scene.pick("pasta", "laundry", "school run", "tea", "nap", "Cake"),
        0.35,
    )
    said.maybe("sound", "with {}", scene.pick("birdsong", "a loud bell", "soft piano", "the radio"), 0.2)
    said.maybe(
        "device", "on {}", scene.pick("my watch", "the kitchen display", "my phone", "the bedroom clock"), 0.2
    )
    return said.done()


SEARCH = """
    title: title, name, work title | Title of the work
    kind: object type, kind of work, media type, type | Kind of thing, for example a film
    author: author, writer, by | Person who wrote it
    actor: actor, with actor, starring | Actor in it
    year: year, from year | Year
    store: store, shop, where, service | Where to look
    price: price limit, maximum price, budget | Highest price
    colour: colour, color | Colour
    size: size | Size
    when: time, when, date | Day or time, as said
    cinema: cinema, location name, movie house | Name of the cinema
    rating: rating, rating value, points, stars | Number of points or stars, as said
    best: best rating, out of, maximum | Highest number of points
    unit: rating unit, unit | Unit of the rating
"""


@kind(
    "science commerce",
    SEARCH,
    titles=("search", "search creative work", "rate book"),
    weight=1.3,
    speech=True,
)
def search_or_rate(scene: Scene) -> Draft:
    """A search for a work or a thing to buy, a showing in a cinema, or a rating."""
    said = Utterance(scene)
    what = scene.pick("find", "buy", "cinema", "rate")
    if what == "find":
        said.say(
            scene.word(PLEASE) + scene.pick("find", "search for", "look up", "show me", "where can I get")
        )
        said.maybe(
            "kind",
            "the {}",
            scene.pick("book", "film", "tv show", "novel", "game", "painting", "soundtrack"),
            0.7,
        )
        said.maybe("title", scene.pick("{}", "called {}"), song(scene), 0.9)
        said.maybe("author", scene.pick("written by {}", "by {}"), scene.person(), 0.3)
        said.maybe("actor", "with {}", scene.person(), 0.2)
        said.maybe("year", "from {}", str(scene.number(1950, 2025)), 0.2)
    elif what == "buy":
        said.say(scene.word(PLEASE) + scene.pick("order", "find me", "buy", "I need"))
        said.maybe("colour", "a {}", scene.word(words.COLOURS), 0.6)
        said.maybe(
            "kind",
            "{}",
            scene.pick("jacket", "backpack", "lamp", "sofa", "kettle", "bicycle", "dress", "desk"),
            1,
        )
        said.maybe("size", "in size {}", scene.pick("M", "42", "XL", "small", "38"), 0.4)
        said.maybe(
            "price",
            scene.pick("under {}", "for less than {}", "up to {}"),
            scene.pick("$40", "100 euros", "fifty dollars", "\u00a325"),
            0.4,
        )
        said.maybe("store", scene.pick("at {}", "from {}"), scene.shop(), 0.3)
    elif what == "cinema":
        said.say(scene.pick("when is", "what time is", "is"))
        said.maybe("title", "{}", song(scene), 1)
        said.say(scene.pick("playing", "showing", "on"))
        said.maybe(
            "cinema",
            "at {}",
            f"{scene.word(words.BRAND_STEMS)} {scene.pick('Cinemas', 'Theatre', 'Pictures', 'Multiplex')}",
            0.7,
        )
        said.maybe("when", "{}", scene.word(DAYS), 0.4)
    else:
        rate(scene, said)
    return said.done()


def rate(scene: Scene, said: Utterance) -> None:
    """A rating of a book or a film."""
    said.say(scene.word(PLEASE) + scene.pick("rate", "give"))
    said.maybe(
        "kind", "the {}", scene.pick("book", "novel", "essay", "saga", "film", "album", "textbook"), 0.6
    )
    said.maybe("title", "{}", song(scene), 0.8)
    said.maybe("rating", "{}", scene.pick("zero", "one", *NUMBERS), 1)
    said.maybe("unit", "{}", scene.pick("stars", "points"), 0.5)
    said.maybe("best", scene.pick("out of {}", "of {}"), scene.pick("five", "ten", "6", "5"), 0.4)


TRAVEL = """
    origin: origin, from, departure city, start | Where the journey begins
    destination: destination, to, arrival city, goal | Where the journey ends
    via: via, stopover, stop | Place on the way
    when: departure date, date, when, day | Day of the departure, as said
    back: return date, return, back on | Day of the way back, as said
    clock: departure time, time, at | Time of day, as said
    passengers: passengers, travellers, number of people | How many people travel
    means=train/plane/bus/taxi: means, transport, mode, travel by | How to travel
    class: travel class, class, cabin | Class
    airline: airline, company, operator | Airline
    budget: budget, maximum price, price limit | Highest price
    round_trip?: round trip, return trip wanted | Whether the way back is wanted too
"""
MEANS = {
    "train": ("a train", "train tickets", "the next train"),
    "plane": ("a flight", "a plane", "flights"),
    "bus": ("a bus", "coach tickets"),
    "taxi": ("a cab", "a taxi"),
}


@kind("travel", TRAVEL, titles=("travel request", "book trip"), weight=1.2, speech=True)
def book_trip(scene: Scene) -> Draft:
    """A wish to travel."""
    said = Utterance(scene)
    said.say(scene.word(PLEASE) + scene.pick("book", "find", "get me", "search"))
    means = scene.pick(*MEANS)
    said.facts["means"] = means
    said.say(scene.word(MEANS[means]))
    first, second, third = scene.city(), scene.city(), scene.city()
    both = [("origin", "from {}", first), ("destination", "to {}", second)]
    if scene.chance(0.3):
        both.reverse()
    for key, frame, value in both:
        said.maybe(key, frame, value, 0.75)
    said.maybe("via", scene.pick("via {}", "with a stop in {}"), third, 0.15)
    said.maybe("when", "{}", scene.pick(*DAYS, scene.day().text), 0.6)
    said.maybe("clock", scene.pick("at {}", "leaving at {}", "before {}"), scene.clock(), 0.3)
    said.maybe("passengers", scene.pick("for {} people", "for {} adults", "for {}"), scene.word(NUMBERS), 0.3)
    said.maybe("class", "in {}", scene.pick("first class", "business class", "economy", "second class"), 0.2)
    if means == "plane":
        said.maybe("airline", "with {}", scene.word(words.AIRLINES), 0.3)
    if said.maybe("back", "and back on {}", scene.pick("sunday", "the 14th", "friday", "monday"), 0.25):
        said.facts["round_trip"] = True
    elif scene.chance(0.15):
        said.facts["round_trip"] = False
        said.say("one way only")
    said.maybe("budget", "for at most {}", scene.pick("200 euros", "$350", "100 pounds"), 0.15)
    return said.done()


CALL = """
    action=call/message/email: action, what to do, channel | What shall be done
    person: contact, person, recipient, whom | Person who is called or written to
    relation: relation, relationship | Relation of the person, for example my mother
    message: message, text, content | What shall be written
    number: number, phone number, phone | Number that is called
    app: app, service, with app | App that is used
    when: when, time, date | When it shall happen, as said
    device: device, light, appliance | Device in the house
    room: room, where | Room in the house
    value: value, setting, level | Value that the device shall have
"""
CHANNELS = {
    "call": ("call", "ring", "phone"),
    "message": ("text", "send a message to", "message"),
    "email": ("write an email to", "email", "send a mail to"),
}
NEWS = (
    "I'll be late",
    "dinner is ready",
    "the meeting is moved",
    "happy birthday",
    "I found your keys",
    "see you soon",
    "we won",
)


@kind("technical people", CALL, titles=("assistant command", "call", "smart home"), weight=1.2, speech=True)
def call_or_control(scene: Scene) -> Draft:
    """A call, a message, or a device of the house."""
    said = Utterance(scene)
    if scene.chance(0.4):
        said.say(scene.word(PLEASE) + scene.pick("turn on", "switch off", "set", "dim", "turn down"))
        said.maybe(
            "device",
            "the {}",
            scene.pick("lights", "heating", "fan", "coffee machine", "blinds", "television", "thermostat"),
            1,
        )
        said.maybe("room", "in the {}", scene.pick("kitchen", "hall", "bedroom", "garage", "office"), 0.5)
        said.maybe(
            "value", "to {}", scene.pick("30 percent", "twenty degrees", "21 degrees", "blue", "half"), 0.5
        )
    else:
        action = scene.pick(*CHANNELS)
        said.facts["action"] = action
        said.say(scene.word(PLEASE) + scene.word(CHANNELS[action]))
        if scene.chance(0.3):
            said.maybe(
                "relation", "my {}", scene.pick("mother", "boss", "brother", "wife", "dentist", "landlord"), 1
            )
        elif action == "call" and scene.chance(0.3):
            said.maybe("number", "{}", scene.phone(), 1)
        else:
            said.maybe("person", "{}", scene.pick(scene.person(), scene.person_parts()[0]), 1)
        said.maybe(
            "message", scene.pick("that {}", "saying {}"), scene.word(NEWS), 0.0 if action == "call" else 0.7
        )
        said.maybe(
            "app", scene.pick("on {}", "with {}"), scene.pick("WhatsApp", "Signal", "Skype", "Telegram"), 0.2
        )
    said.maybe("when", "{}", scene.word(DAYS), 0.25)
    return said.done()
