"""One turn: one system on one document, once. What a page measured, as data that goes into a report.

Systems count alike: `forwards` are those after the prompt's own, `prefill_ms` is the time until the prompt
was read, `decode_ms` the rest. `new_tokens` are the tokens written; for Excerpt the tokens fed behind the
document, questions and drafts included.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

RECORD_SETS = ("sroie", "usaddress")
INVOICE = "invoice"
SETS = (*RECORD_SETS, INVOICE)

EXCERPT = "excerpt"
# The document was read before; only what follows the click is timed.
AFTER_CLICK = "excerpt after click"
TRANSFORMERS = "transformers.js"
WLLAMA = "wllama"
PEERS = (TRANSFORMERS, WLLAMA)
OURS = (EXCERPT, AFTER_CLICK)

# "cold" is the first turn after a page has loaded its model; every other one is "warm".
Temperature = Literal["cold", "warm"]


@dataclass(frozen=True)
class Measured:
    """What a page says of its turn; milliseconds of wall-clock time seen from the page."""

    ms: float
    prefill_ms: float
    decode_ms: float
    prompt_tokens: int
    reused_tokens: int
    new_tokens: int
    forwards: int
    output: str
    # The answer was stopped at the limit of new tokens.
    cut: bool


@dataclass(frozen=True)
class Failure:
    """Why a turn has no answer."""

    code: str
    message: str


@dataclass(frozen=True)
class Turn:
    """A turn in its place: `round` counts from 1, and is 0 for a cold turn."""

    set: str
    document: str
    system: str
    temperature: Temperature
    round: int
    answer: Measured | Failure

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells a turn from every other one that is warm."""
        return self.set, self.document, self.system, self.round

    def to_json(self) -> dict[str, Any]:
        """As it stands in a report: the answer's figures beside the place, or `failure`."""
        place = {name: getattr(self, name) for name in ("set", "document", "system", "temperature", "round")}
        answer = asdict(self.answer)
        return place | ({"failure": answer} if isinstance(self.answer, Failure) else answer)


def turn_from_json(value: dict[str, Any]) -> Turn:
    """The turn that `to_json` wrote. Raises KeyError or TypeError for anything else."""
    rest = dict(value)
    place = {name: rest.pop(name) for name in ("set", "document", "system", "temperature", "round")}
    answer = Failure(**rest["failure"]) if "failure" in rest else Measured(**rest)
    return Turn(**place, answer=answer)


def measured(answer: dict[str, Any]) -> Measured:
    """What a page sent, under our names and rounded to what a clock in a page can tell."""
    return Measured(
        ms=round(answer["ms"], 1),
        prefill_ms=round(answer["prefillMs"], 1),
        decode_ms=round(answer["decodeMs"], 1),
        prompt_tokens=answer["promptTokens"],
        reused_tokens=answer["reusedTokens"],
        new_tokens=answer["newTokens"],
        forwards=answer["forwards"],
        output=answer["output"],
        cut=answer["cut"],
    )
