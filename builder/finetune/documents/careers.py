"""R\u00e9sum\u00e9s as people write them: what was done in each post, contacts and lists without headings."""

from __future__ import annotations

from . import layout, native, words
from .draft import Draft, Facts
from .native import job_of
from .people import RESUME, degree, home
from .phrasebook import phrase, phrases
from .registry import kind
from .scene import Scene

PHRASES = phrases("careers")


def reached(scene: Scene, facts: Facts, name: str) -> list[str]:
    """Where the person lives and can be reached: values without labels, in one line or in several."""
    values: dict[str, str] = {}
    if scene.chance(0.65):
        facts["location"] = home(scene)
        street = scene.address(0).street
        values["location"] = (
            f"{street}, {facts['location']}" if scene.chance(0.25) else str(facts["location"])
        )
    if scene.chance(0.6):
        values["email"] = facts["email"] = scene.email(name)
    if scene.chance(0.55):
        values["phone"] = facts["phone"] = scene.phone()
    if scene.chance(0.15):
        values["website"] = facts["website"] = scene.website(scene.host(name)) + scene.maybe("/about", 0.3)
    labelled = scene.chance(0.3)
    shown = [
        f"{scene.label(key)}: {value}" if labelled and key in ("email", "phone") else value
        for key, value in values.items()
    ]
    if scene.chance(0.3):
        scene.rng.shuffle(shown)
    return [scene.pick(" | ", " \u00b7 ", ", ").join(shown)] if shown and scene.chance(0.35) else shown


def month(scene: Scene, year: int) -> str:
    """A year, at times with its month."""
    return scene.pick(
        "{y}",
        "{y}",
        "{m:02d}/{y}",
        "{m}/{y}",
        str(scene.fake.month_name())[:3] + " {y}" if scene.language == "en" else "{y}",
    ).format(y=year, m=scene.number(1, 12))


def posts(scene: Scene, facts: Facts, first_job: str) -> list[str]:
    """The posts held, the latest first, each with what was done in it or without."""
    year = 2026 - scene.number(0, 5)
    dated, told = scene.chance(0.75), scene.chance(0.4)
    past = phrase(scene, PHRASES, "before")
    entries, employers = [], []
    for place in range(scene.number(1, 4)):
        job = (
            first_job
            if place == 0
            else scene.maybe(scene.pick("Junior ", "Assistant ", "Senior "), 0.2) + job_of(scene)
        )
        employer = scene.company() if scene.chance(0.4) else scene.organisation()
        began = year - scene.number(1, 7)
        frame = phrase(scene, PHRASES, "now") if place == 0 and scene.chance(0.8) else past
        if not dated:
            frame = scene.pick("{j}, {o}", "{o}: {j}", "{j} - {o}")
        entry = frame.format(j=job, o=employer, a=month(scene, began), b=month(scene, year))
        if told and scene.chance(0.7):
            entry += scene.pick("\n  ", "\n- ", "\n  - ") + remark(scene, "done")
        entries.append(entry)
        employers.append(employer)
        year = began
    facts |= {"employers": list(dict.fromkeys(employers)), "employer": employers[0]}
    return entries


def remark(scene: Scene, key: str) -> str:
    """A line with names and numbers that answer no question."""
    return phrase(scene, PHRASES, key).format(
        p=scene.person(),
        o=scene.organisation(),
        c=scene.city(),
        k=scene.number(3, 40),
        y=scene.number(2005, 2024),
    )


def opened(scene: Scene, facts: Facts, name: str, job: str) -> str:
    """Title, name and job at the head, and a sentence or two."""
    shown = name.upper() if scene.chance(0.2) else name
    facts["person"] = shown
    joined = scene.chance(0.2)
    head = shown + scene.pick(" - ", ", ", " | ", "\n\n") + job if joined else shown
    lines = [native.word(scene, "title") + scene.pick("\n", "\n\n") + head if scene.chance(0.25) else head]
    lines += reached(scene, facts, name)
    summary = ""
    if scene.chance(0.4):
        years = scene.count(2, 35)
        facts["experience"] = years
        # What somebody is, which need not be the present post.
        called = job if joined or scene.chance(0.5) else job_of(scene)
        summary = phrase(scene, PHRASES, "summary").format(j=called, k=years, c=scene.city())
        summary += scene.maybe(" " + phrase(scene, PHRASES, "plain"), 0.4)
    elif scene.chance(0.3):
        summary = phrase(scene, PHRASES, "plain")
    return layout.stack("\n".join(lines), summary, gap=scene.pick("\n", "\n\n"))


def lists(scene: Scene, facts: Facts) -> list[str]:
    """Skills and languages, each with a heading over or before it; skills may stand there without one."""
    parts = []
    mark = scene.pick(", ", ", ", " ; ", " | ", " \u00b7 ", "\n- ", "\n")
    for key, heading, table in (
        ("skills", "skills heading", words.SKILLS),
        ("languages", "languages heading", words.LANGUAGES),
    ):
        if not scene.chance(0.5):
            continue
        entries = scene.some(native.entries(scene, key, table), 1, 6 if key == "skills" else 4)
        facts[key] = entries
        shown = mark.join(entries)
        title = native.word(scene, heading)
        if key == "skills" and len(entries) > 2 and scene.chance(0.2):
            parts.append(shown)
        elif mark.startswith("\n") and len(entries) > 1:
            parts.append(title + mark + shown)
        else:
            parts.append(title + scene.pick("\n", ": ", " : ") + shown)
    return parts


@kind("people", RESUME, titles=("resume", "cv", "applicant", "curriculum vitae"), weight=8)
def career(scene: Scene) -> Draft:
    """A r\u00e9sum\u00e9 whose posts tell the present position, in one of the shapes that people give it."""
    facts: Facts = {}
    name, job = scene.person(), job_of(scene)
    head = opened(scene, facts, name, job)
    parts = []
    held = scene.chance(0.92)
    if held:
        entries = posts(scene, facts, job)
        heading = scene.maybe(phrase(scene, PHRASES, "career") + "\n", 0.65)
        parts.append(heading + scene.pick("\n", "\n", "\n", "; ").join(entries))
    if held or job in head:
        facts["job_title"] = job
    if scene.chance(0.55):
        shown = degree(scene, facts)
        year = scene.maybe(f"{scene.number(1990, 2025)}  ", 0.3) if "graduation" not in facts else ""
        heading = phrase(scene, PHRASES, "education")
        parts.append(heading + scene.pick("\n", ": ") + year + shown if scene.chance(0.8) else year + shown)
    parts += lists(scene, facts)
    if scene.chance(0.3):
        scene.rng.shuffle(parts)
    for key, share in (("besides", 0.35), ("referees", 0.2)):
        parts.append(remark(scene, key) if scene.chance(share) else "")
    return Draft(layout.stack(head, *parts, gap="\n\n"), facts)
