"""Meetings told in sentences: invitations with other times and days around, chats, notes after a meeting."""

from __future__ import annotations

from . import layout, native, words
from .draft import Draft, Facts
from .meetings import MEETING, PLATFORMS
from .native import job_of
from .people import enumeration
from .phrasebook import phrase, phrases
from .registry import kind
from .scene import Scene

PHRASES = phrases("gatherings")
HOSTS = ("meet.{h}", "{h}/join", "video.{h}/r", "zoom.us/j", "teams.{h}")


def link(scene: Scene) -> str:
    """The address of a call."""
    path = scene.pick(
        str(scene.number(10**6, 10**10)), scene.word(words.BRAND_STEMS).lower().replace(" ", "-")
    )
    return f"https://{scene.word(HOSTS).format(h=scene.host())}/{path}"


def room(scene: Scene) -> str:
    """A room, a house or both; the word before a number belongs to it."""
    short = scene.pick(*native.entries(scene, "rooms", words.ROOMS)).removeprefix("the ")
    return scene.pick(
        short,
        short,
        f"{short}, {scene.address(0).street}",
        f"{short}, {scene.organisation()}",
        f"{short} ({scene.pick('2nd floor', 'ground floor', 'east wing', '1. OG')})",
        scene.address(0).one_line(),
    )


def told_place(scene: Scene, facts: Facts) -> tuple[str, str]:
    """Where it is, for the sentence on the time or as a sentence of its own; often nothing is said."""
    roll = scene.rng.random()
    if roll < 0.22:
        return "", ""
    if roll < 0.32:
        facts["online"] = True
        return "", phrase(scene, PHRASES, "remote")
    if roll < 0.5:
        facts["online"] = True
        if scene.chance(0.5):
            facts["location"] = facts["link"] = link(scene)
        else:
            facts["location"] = scene.word(PLATFORMS)
        return "", phrase(scene, PHRASES, "online").format(l=facts["location"])
    facts |= {"online": False, "location": room(scene)}
    if scene.chance(0.6):
        return str(facts["location"]), ""
    return "", phrase(scene, PHRASES, "where").format(l=facts["location"])


def told_time(scene: Scene, facts: Facts, place: str) -> str:
    """The sentence on day and time, which may hold the place."""
    facts["date"] = scene.day()
    start = scene.clock(8, 20)
    if not place and scene.chance(0.15):
        return phrase(scene, PHRASES, "day").format(d=facts["date"])
    facts["start"] = start
    key = "when in" if place else "when"
    return phrase(scene, PHRASES, key).format(d=facts["date"], t=start, l=place)


def around(scene: Scene) -> list[str]:
    """Sentences with other times, days and things to bring: they answer no question."""
    told = []
    for key, share in (("doors", 0.3), ("reply", 0.4), ("chores", 0.5)):
        if scene.chance(share):
            other = scene.day()
            told.append(phrase(scene, PHRASES, key).format(t=scene.clock(8, 20), d=other))
    return told


def signed(scene: Scene, facts: Facts) -> str:
    """Who calls the meeting, as the one who signs; now and then nobody does."""
    if scene.chance(0.2):
        return ""
    facts["organizer"] = scene.person()
    role = scene.pick("Secretary", "Chair", "Treasurer", job_of(scene))
    behind = scene.pick("", "", ", " + role, "\n" + role)
    closing = scene.maybe(phrase(scene, PHRASES, "closing") + scene.pick(",\n", "\n"), 0.7)
    return f"{closing}{facts['organizer']}{behind}"


@kind("people law", MEETING, titles=("meeting", "invitation", "appointment"), weight=7)
def meeting_letter(scene: Scene) -> Draft:
    """An invitation in sentences, signed by the one who calls the meeting."""
    facts: Facts = {}
    subject = scene.pick(*native.entries(scene, "topics", words.TOPICS))
    subject += scene.maybe(
        f", {scene.pick(scene.organisation(), scene.city(), '2nd round', str(scene.number(2024, 2027)))}",
        0.25,
    )
    head = ""
    if scene.chance(0.85):
        facts["title"] = subject
        head = phrase(scene, PHRASES, "head").format(s=subject)
    place, where = told_place(scene, facts)
    sentences = [told_time(scene, facts, place), where, *around(scene)]
    if scene.chance(0.35):
        scene.rng.shuffle(sentences)
    paragraphs = []
    if scene.chance(0.35):
        people = scene.people(2, 5)
        facts["attendees"] = people
        paragraphs.append(
            phrase(scene, PHRASES, "people").format(a=scene.pick(", ".join(people), enumeration(people)))
        )
    if scene.chance(0.3):
        tasks = scene.some(native.entries(scene, "tasks", words.TASKS), 1, 3)
        facts["actions"] = tasks
        paragraphs.append(phrase(scene, PHRASES, "prepare") + "\n" + bulleted(scene, tasks))
    if scene.chance(0.2):
        topics = scene.some(native.entries(scene, "topics", words.TOPICS), 2, 4)
        facts["agenda"] = topics
        paragraphs.append(native.word(scene, "agenda") + "\n" + bulleted(scene, topics))
    scene.rng.shuffle(paragraphs)
    glue = scene.pick(" ", " ", "\n")
    body = layout.wrapped(glue.join(part for part in sentences if part), scene.pick(60, 80, 110, 300))
    greeting = scene.maybe(phrase(scene, PHRASES, "greeting"), 0.7)
    return Draft(layout.stack(head, greeting, body, *paragraphs, signed(scene, facts), gap="\n\n"), facts)


def bulleted(scene: Scene, items: list[str]) -> str:
    """Items with a mark or a number before each."""
    mark = scene.pick("- ", "* ", " - ", "{}. ", " {}. ", "{}) ", "\u2022 ")
    return "\n".join(mark.format(number) + item for number, item in enumerate(items, 1))


@kind("people law", MEETING, titles=("meeting", "event", "call"), weight=2.5)
def meeting_chat(scene: Scene) -> Draft:
    """A few short lines: what, when, where, who set it up."""
    facts: Facts = {}
    subject = scene.pick(*native.entries(scene, "topics", words.TOPICS))
    facts["title"] = subject
    lines = [subject]
    if scene.chance(0.7):
        facts["start"] = scene.clock(8, 20)
        lines.append(
            scene.pick("{} today", "at {}", "{} sharp", "from {}", "we begin at {}").format(facts["start"])
        )
    if scene.chance(0.3):
        facts["date"] = scene.day()
        lines.append(str(facts["date"]))
    _, where = told_place(scene, facts)
    place = facts.get("location")
    if place and not where:
        where = scene.pick("in {}", "{}", "see you in {}", "place: {}").format(place)
    lines.append(where)
    if scene.chance(0.4):
        facts["organizer"] = scene.person() if scene.chance(0.5) else scene.person_parts()[0]
        lines.append(phrase(scene, PHRASES, "set up").format(p=facts["organizer"]))
    if scene.chance(0.4):
        lines.append(phrase(scene, PHRASES, "chores"))
    return Draft(layout.stack(*lines, gap=scene.pick("\n", "\n", " - ", ", ")), facts)


@kind("people law", MEETING, titles=("meeting", "follow up", "notes"), weight=2)
def after_the_meeting(scene: Scene) -> Draft:
    """A mail after a meeting: what is to be done, and little else."""
    tasks = scene.some(native.entries(scene, "tasks", words.TASKS), 1, 5)
    facts: Facts = {"actions": tasks}
    first = scene.maybe(phrase(scene, PHRASES, "thanks") + " ", 0.6) + phrase(scene, PHRASES, "agreed")
    greeting = scene.maybe(phrase(scene, PHRASES, "greeting"), 0.8)
    after = scene.maybe(phrase(scene, PHRASES, "after"), 0.5)
    name = scene.maybe(scene.person(), 0.4)
    return Draft(layout.stack(greeting, first, bulleted(scene, tasks), after, name, gap="\n\n"), facts)
