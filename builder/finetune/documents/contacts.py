"""People and how to reach them beside other names: notes of absence, short mails, guests of a talk."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts
from .mail import CONTACTS, SIGNATURE, page, signature
from .native import job_of
from .phrasebook import phrase
from .registry import kind
from .scene import Scene


@kind("people commerce", SIGNATURE, titles=("contact", "signature", "sender"), weight=3)
def signed_message(scene: Scene) -> Draft:
    """A short mail with a signature under it; the people and addresses above it are others'."""
    facts: Facts = {}
    away = scene.chance(0.5)
    keys = ("absent", "instead") if away else ("news", "news")
    text = [
        phrase(scene, CONTACTS, key).format(
            p=scene.person(),
            m=scene.email(scene.fake.last_name()),
            f=scene.phone(),
            d=scene.day(),
            o=scene.organisation(),
        )
        for key in keys[: scene.number(1, 2)]
    ]
    topic = scene.pick("Out of office", "Automatic answer", scene.word(words.TOPICS))
    head = scene.maybe(f"{scene.label('subject')}: {topic}", 0.5)
    closing = scene.maybe(phrase(scene, CONTACTS, "closing") + scene.pick(",", ""), 0.6)
    block = signature(scene, facts, scene.rng.uniform(0.1, 0.6))
    body = layout.wrapped(" ".join(dict.fromkeys(text)), scene.pick(60, 90, 200))
    return Draft(layout.stack(head, body, layout.stack(closing, block), gap="\n\n"), facts)


@kind("people science", SIGNATURE, titles=("contact", "speaker", "guest"), weight=2)
def guest_of_a_talk(scene: Scene) -> Draft:
    """What a programme says about a guest, in sentences."""
    first, last = scene.person_parts()
    name = scene.full_name(first, last)
    organisation = scene.organisation() if scene.chance(0.6) else scene.company()
    job = job_of(scene)
    facts: Facts = {"person": name, "first_name": first, "last_name": last}
    facts |= {"job_title": job, "company": organisation}
    told = [phrase(scene, CONTACTS, "working").format(n=name, j=job, o=organisation)]
    for _ in range(scene.number(0, 2)):
        told.append(
            phrase(scene, CONTACTS, "besides").format(
                s=scene.word(words.SCHOLAR_NOUNS), c=scene.city(), q=scene.person()
            )
        )
    more = []
    if scene.chance(0.45):
        facts["email"] = scene.email(name, scene.host(organisation))
        more.append(phrase(scene, CONTACTS, "reach").format(m=facts["email"]))
    if scene.chance(0.45):
        facts["website"] = page(scene, scene.host())
        more.append(phrase(scene, CONTACTS, "page").format(w=facts["website"]))
    head = phrase(scene, CONTACTS, "session").format(t=scene.clock()) if scene.chance(0.4) else ""
    body = layout.wrapped(" ".join(dict.fromkeys(told)), scene.pick(60, 90, 200))
    return Draft(layout.stack(head, body, scene.pick(" ", "\n").join(more), gap="\n\n"), facts)
