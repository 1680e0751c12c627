"""Coming together: minutes, invitations to meetings, notices of events."""

from __future__ import annotations

from . import layout, native, words
from .draft import Draft, Facts, Written
from .people import enumeration
from .registry import kind
from .scene import Scene

MEETING = """
    *title: title, subject, meeting, topic | Subject of the meeting; What the meeting is about
    *date@: date, meeting date, day, held on | Day of the meeting
    *start: start time, starts at, begin, from time | Time at which it starts, as written
    end: end time, ends at, until | Time at which it ends, as written
    *location: location, place, room, venue, where | Room, address or link
    *online?: online, is online, remote, virtual | Whether it takes place online
    *organizer: organizer, organiser, called by, host | Person who calls the meeting
    chair: chair, chaired by, chairperson | Person who leads the meeting
    minute_taker: minute taker, minutes by, secretary, recorded by | Person who writes the minutes
    *attendees[]: attendees, participants, present | People who are invited or took part
    apologies[]: apologies, absent, excused, absentees | People who could not come
    agenda[]: agenda, agenda items, topics | Points of the agenda
    decisions[]: decisions, resolutions, decided | What was decided
    *actions[]: actions, action items, tasks, to do | Things to be done, as agreed
    next_meeting@: next meeting, next date, follow up date | Day of the next meeting
    link: link, meeting link, url, join link | Link to join
    deadline: deadline, due, due date | Until when something has to be done
    budget#: budget, amount approved | Amount of money that was approved
"""
DECISIONS = (
    "the budget was approved", "the offer of the second supplier was accepted", "the proposal was rejected",
    "opening hours stay as they are",
    "the new logo will be used from January", "the fee rises by 2 percent", "parking is free for visitors",
    "the vote was postponed",
)  # fmt: skip
PLATFORMS = ("Zoom", "Microsoft Teams", "Google Meet", "Webex", "Jitsi")


def place(scene: Scene, facts: Facts) -> str:
    """Where it takes place; from the words follows whether it is online."""
    if scene.chance(0.35):
        facts["online"] = True
        facts["location"] = scene.word(PLATFORMS)
        if scene.chance(0.4):
            host = scene.pick("zoom.us/j", "meet.example.org", "teams.example.com")
            facts["link"] = f"https://{host}/{scene.number(10**8, 10**9)}"
            return f"{facts['location']} ({facts['link']})"
        return str(facts["location"])
    facts["online"] = False
    facts["location"] = scene.pick(
        *(2 * (scene.pick(*native.entries(scene, "rooms", words.ROOMS)),)), scene.address(0).one_line()
    )
    return str(facts["location"])


@kind("people law", MEETING, titles=("meeting", "minutes", "meeting minutes"), weight=5)
def minutes(scene: Scene) -> Draft:
    """Minutes: head, agenda, what was said, decisions, things to do."""
    facts: Facts = {}
    title = scene.pick(*native.entries(scene, "topics", words.TOPICS))
    rows = meeting_rows(scene, facts)
    heading = native.word(scene, "minutes")
    head = heading.format(title)
    facts["title"] = title
    if scene.chance(0.2):
        head, facts["title"] = "Minutes", None
    parts = [listed(scene, facts, key, heading, items) for key, heading, items in minutes_lists(scene)]
    closing = []
    if scene.chance(0.35):
        facts["next_meeting"] = scene.day()
        closing.append(
            scene.pick("Next meeting: {}", "We meet again on {}.", "Next date: {}").format(
                facts["next_meeting"]
            )
        )
    if scene.chance(0.2):
        facts["budget"] = scene.priced(scene.cents(100, 20000))
        closing.append(f"A budget of {facts['budget']} was granted.")
    return Draft(
        layout.stack(
            head, layout.pairs(scene.rng, rows) if rows else "", *parts, "\n".join(closing), gap="\n\n"
        ),
        facts,
    )


def meeting_rows(scene: Scene, facts: Facts) -> list[tuple[str, str]]:
    """Labelled values of the head."""
    rows: list[tuple[str, str]] = []
    if scene.chance(0.75):
        facts["date"] = scene.day()
        rows.append((scene.label("date"), str(facts["date"])))
    if scene.chance(0.5):
        facts["start"] = scene.clock(8, 15)
        shown = str(facts["start"])
        if scene.chance(0.5):
            facts["end"] = scene.clock(16, 19)
            shown += scene.pick(" - ", " to ", "\u2013") + str(facts["end"])
        rows.append((scene.label("time"), shown))
    if scene.chance(0.5):
        rows.append((scene.label("place"), place(scene, facts)))
    for key, label in (
        ("chair", native.word(scene, "chair")),
        ("minute_taker", native.word(scene, "minute taker")),
        ("organizer", native.word(scene, "organizer")),
    ):
        if scene.chance(0.3):
            facts[key] = scene.person()
            rows.append((label, str(facts[key])))
    for key, label, share in (
        ("attendees", native.word(scene, "present"), 0.7),
        ("apologies", native.word(scene, "absent"), 0.3),
    ):
        if scene.chance(share):
            people = scene.people(1, 5)
            facts[key] = people
            rows.append((label, scene.pick(", ", "; ", ", ").join(people)))
    return rows


def minutes_lists(scene: Scene) -> list[tuple[str, str, list[str]]]:
    """Field, heading and entries of the lists in minutes."""
    tasks = scene.some(native.entries(scene, "tasks", words.TASKS), 1, 4)
    topics = native.entries(scene, "topics", words.TOPICS)
    possible = [
        ("agenda", native.word(scene, "agenda"), scene.some(topics, 2, 5)),
        ("decisions", native.word(scene, "decisions"), scene.some(DECISIONS, 1, 3)),
        ("actions", native.word(scene, "actions"), tasks),
    ]
    return [part for part in possible if scene.chance(0.6)]


def listed(scene: Scene, facts: Facts, key: str, heading: str, items: list[str]) -> str:
    """A heading with entries; who does it and until when may stand behind a thing to do."""
    facts[key] = items
    owners = key == "actions" and scene.chance(0.5)
    numbered = scene.chance(0.4)
    lines = []
    for number, item in enumerate(items, 1):
        shown = (f"{number}. " if numbered else scene.pick("- ", "* ") if len(items) > 1 else "- ") + item
        lines.append(shown + (f" ({scene.person()})" if owners else ""))
    return heading + ":\n" + "\n".join(lines)


INVITATION = (
    MEETING
    + """
    duration: duration, length, how long | How long it lasts
    dial_in: dial in, phone, dial in number | Number to dial
    password: password, passcode, pin | Word to come in
"""
)


@kind("people law", INVITATION, titles=("meeting", "invite", "calendar entry"), weight=1.8)
def calendar_invitation(scene: Scene) -> Draft:
    """An invitation to a meeting: as an entry of a calendar or as a short mail."""
    facts: Facts = {"title": scene.word(words.TOPICS)}
    return invitation_mail(scene, facts) if scene.chance(0.5) else invitation_entry(scene, facts)


def invitation_entry(scene: Scene, facts: Facts) -> Draft:
    """Labels and values."""
    rows = meeting_rows(scene, facts)
    rows = [row for row in rows if row[0] not in ("Apologies", "Absent", "Excused")]
    facts.pop("apologies", None)
    for key, label, value in (
        ("duration", "Duration", scene.pick("30 min", "1 hour", "90 minutes", "2 h")),
        ("dial_in", "Dial-in", scene.phone()),
        ("password", scene.pick("Passcode", "PIN"), scene.reference("######", "??##??")),
    ):
        if scene.chance(0.25):
            facts[key] = value
            rows.append((label, value))
    rows.insert(0, (scene.pick("Subject", "Event", "Meeting", "Title"), str(facts["title"])))
    return Draft(layout.pairs(scene.rng, rows), facts)


def invitation_mail(scene: Scene, facts: Facts) -> Draft:
    """Sentences."""
    host, guests = scene.person(), scene.people(1, 4)
    facts |= {"organizer": host, "attendees": guests, "date": scene.day(), "start": scene.clock(8, 17)}
    greeting = f"{scene.pick('Hi', 'Dear', 'Hello')} {enumeration(guests)},"
    text = [
        scene.pick(
            "let us meet on {d} at {t} to talk about the {s}.",
            "I would like to invite you to the {s} on {d}, {t}.",
            "the {s} meeting takes place on {d} at {t}.",
        ).format(d=facts["date"], t=facts["start"], s=facts["title"])
    ]
    if scene.chance(0.6):
        text.append(
            scene.pick("We meet here: {}.", "Place: {}.", "Location is {}.").format(place(scene, facts))
        )
    if scene.chance(0.35):
        facts["deadline"] = scene.pick("Thursday", "tomorrow evening", scene.day().text)
        text.append(f"Please answer by {facts['deadline']}.")
    if scene.chance(0.3):
        facts["actions"] = scene.some(words.TASKS, 1, 2)
        text.append(
            "Before that, please "
            + enumeration(facts["actions"] if isinstance(facts["actions"], list) else [])
            + "."
        )
    return Draft(
        layout.stack(
            greeting,
            layout.wrapped(" ".join(text), scene.pick(60, 80, 200)),
            f"{scene.pick('Best', 'Regards', 'See you')},\n{host}",
            gap="\n\n",
        ),
        facts,
    )


EVENT = """
    title: title, event, event name, name | Name of the event
    date@: date, event date, day, when | Day of the event
    start: start time, time, begins at, doors open | Time at which it starts
    end: end time, ends at, until | Time at which it ends
    venue: venue, location, place, where | Building or hall of the event
    address
    city
    organizer: organizer, organiser, hosted by, host | Who organises it
    price#: price, admission, ticket price, entry fee | Price of a ticket
    reduced#: reduced price, concession, student price | Price for students and pensioners
    free?: free, free entry, is free | Whether the entry is free
    speakers[]: speakers, performers, artists, guests | People who speak or play
    rsvp@: rsvp by, register by, registration deadline | Day until which one has to answer
    phone
    email
    website
    dress: dress code, what to wear | What to wear
    age: age limit, minimum age, ages | For whom it is by age
    capacity+: capacity, places, seats | How many people can come
    outdoor?: outdoor, open air, outside | Whether it takes place outside
    sponsor: sponsor, sponsored by, supported by | Who gives money for it
"""


@kind("music people", EVENT, titles=("event", "event notice", "invitation"), weight=2)
def event_notice(scene: Scene) -> Draft:
    """A poster, a notice or an invitation."""
    facts: Facts = {}
    title = scene.pick("{e}", "{c} {e}", "{n}th {e}").format(
        e=scene.word(words.EVENTS), c=scene.city(), n=scene.number(4, 40)
    )
    facts["title"] = title
    lines = [event_line(scene, facts, *part) for part in event_values(scene) if scene.chance(0.35)]
    lines += event_flags(scene, facts)
    when = event_time(scene, facts)
    scene.rng.shuffle(lines)
    glue = scene.pick("\n", "\n", "\n", " ", " | ")
    head = scene.pick(
        "{}", "You are invited!\n{}", "*** {} ***", "Save the date: {}", "Join us for the {}"
    ).format(title)
    text = glue.join([head, *([when] if when else []), *lines])
    return Draft(
        text if glue == "\n" and scene.chance(0.5) else layout.wrapped(text, scene.pick(50, 80, 200)), facts
    )


def event_time(scene: Scene, facts: Facts) -> str:
    """Day and time."""
    if scene.chance(0.15):
        return ""
    facts["date"] = scene.day()
    text = scene.pick("{}", "On {}", "Date: {}", "When: {}").format(facts["date"])
    if scene.chance(0.6):
        facts["start"] = scene.clock(9, 16)
        text += scene.pick(", {}", " at {}", " from {}", " - {}").format(facts["start"])
        if scene.chance(0.35):
            facts["end"] = scene.clock(17, 23)
            text += scene.pick(" to {}", " until {}", "-{}").format(facts["end"])
    return text


def event_line(scene: Scene, facts: Facts, key: str, frames: tuple[str, ...], value: str | Written) -> str:
    """A line with one value."""
    facts[key] = value
    return scene.word(frames).format(value)


def event_values(scene: Scene) -> list[tuple[str, tuple[str, ...], str | Written]]:
    """Field, frames and value."""
    address = scene.address(0)
    return [
        (
            "venue",
            ("Venue: {}", "at {}", "Where: {}"),
            scene.pick(
                scene.word(words.ROOMS),
                f"{scene.word(words.BRAND_STEMS)} "
                f"{scene.pick('Hall', 'Theatre', 'Gardens', 'Arena', 'Church')}",
            ),
        ),
        ("address", ("{}", "Address: {}"), address.one_line()),
        (
            "organizer",
            ("Organised by {}", "Hosted by {}", "{} presents"),
            scene.pick(scene.company(), scene.person(), f"{scene.city()} Council"),
        ),
        ("price", ("Tickets {}", "Admission: {}", "Entry fee {}"), scene.priced(scene.cents(3, 90))),
        ("reduced", ("Students {}", "Concessions: {}", "Reduced {}"), scene.priced(scene.cents(1, 40))),
        ("rsvp", ("RSVP by {}", "Please register until {}", "Reply by {}"), scene.day()),
        ("phone", ("Call {}", "Info: {}", "Tel. {}"), scene.phone()),
        ("email", ("{}", "Questions? {}"), scene.email()),
        ("website", ("More at {}", "{}"), scene.website(scene.host())),
        (
            "dress",
            ("Dress code: {}", "Dress: {}"),
            scene.pick("black tie", "smart casual", "costume", "comfortable shoes"),
        ),
        ("age", ("Ages {}", "Only for {}"), scene.pick("18+", "12 and over", "6-10", "adults")),
        ("capacity", ("Limited to {} places", "{} seats"), scene.count(10, 900)),
        ("sponsor", ("Supported by {}", "Sponsored by {}"), scene.company()),
    ]


def event_flags(scene: Scene, facts: Facts) -> list[str]:
    """What follows from a phrase; and a list of people."""
    lines = []
    if "price" not in facts and scene.chance(0.3):
        facts["free"] = True
        lines.append(scene.pick("Admission free", "No charge", "Entry is free of charge"))
    elif "price" in facts:
        facts["free"] = False
    if scene.chance(0.2):
        facts["outdoor"] = scene.chance(0.5)
        lines.append("Open air" if facts["outdoor"] else "All inside, so no worry about rain")
    if scene.chance(0.3):
        people = scene.people(1, 4)
        facts["speakers"] = people
        lines.append(scene.pick("With {}", "Featuring {}", "Speakers: {}").format(", ".join(people)))
    return lines
