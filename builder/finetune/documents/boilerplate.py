"""Small print around a document: sentences without a value of any field, there to be passed over."""

from __future__ import annotations

from random import Random

from . import layout

LINES = (
    "This document was made by a computer and is valid without a signature.",
    "Please keep this page for your records.",
    "Errors and omissions excepted.",
    "Printed on recycled paper.",
    "See overleaf for more information.",
    "All rights reserved.",
    "Our general conditions apply; a copy can be had on request.",
    "If you have received this by mistake, please destroy it.",
    "The content is confidential and meant for the reader named above only.",
    "Do not write below this line.",
    "For office use only",
    "COPY",
    "DRAFT",
    "Page 1 of 2",
    "Page 2/2",
    "- 1 -",
    "Seite 1 von 1",
    "Bitte aufbewahren.",
    "Es gelten unsere allgemeinen Bedingungen.",
    "Merci de conserver ce document.",
    "Conserve este documento.",
    "Si prega di conservare.",
    "Bewaar dit goed.",
    "Scanned document",
    "Continued on the next page",
)
PARAGRAPHS = (
    "We take great care to keep what we hold about you safe. We use it to serve you and for "
    "nothing else, and we never sell it. You may ask at any time what we know about you and have "
    "it put right or removed.",
    "Nothing in this paper is to be understood as advice. Whoever relies on it does so at their "
    "own risk. We make changes without notice where they serve the quality of our work.",
    "Should a single part of these conditions turn out to be void, the others stay in force. In "
    "place of the void part comes what the parties would have wanted had they known.",
    "We are always trying to do better. Tell us what you liked and what you did not like: every "
    "answer is read by a person, and many of our best ideas began as somebody's complaint.",
    "Your rights as a consumer are not touched by this. Where the law gives you more than we "
    "promise here, the law wins. Where we promise more, you may hold us to our word.",
)


def surround(rng: Random, text: str) -> str:
    """The text with small print before it, after it or on both sides."""
    before = rng.choice(LINES) if rng.random() < 0.4 else ""
    after = rng.sample(LINES, rng.randint(1, 2))
    if rng.random() < 0.45:
        chosen = rng.sample(PARAGRAPHS, rng.randint(1, 3))
        after = [*after, *[layout.wrapped(paragraph, rng.choice((50, 72, 100))) for paragraph in chosen]]
    rng.shuffle(after)
    return layout.stack(before, text, "\n".join(after), gap=rng.choice(("\n", "\n\n")))
