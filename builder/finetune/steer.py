"""How well a model does on held-out records, in the engine's way of decoding, for following a run.

The gold answer serves as a draft: one forward tells for every token whether the greedy choice among the
allowed ones is that of the gold answer. Only branches that leave it are written out, packed side by side. It
differs from the engine in one point: the allowed tokens are those whose bytes the machine lets through,
without the engine's care for tokens held back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import torch
from torch import Tensor
from torch.nn import functional

from builder.evaluate.scoring import leaves
from builder.finetune.examples import Branch, Example
from builder.finetune.machine import AnswerMachine, State
from builder.finetune.model import TunedModel
from builder.finetune.packing import batches, pack
from builder.finetune.records import Json
from builder.finetune.vocabulary import Vocabulary

# A value of more tokens than this is cut off: it counts as wrong in any case.
LONGEST_ANSWER = 16
FIRST_LOOK = 64


@dataclass(frozen=True)
class Tried:
    """What the model did with one branch: its loss and weight, and what it wrote (whole where `whole`)."""

    branch: Branch
    loss: float
    weight: float
    written: str
    whole: bool


NOTHING = (" null", " []")


def measure(tried: Sequence[Tried], whole: bool) -> dict[str, float | None]:
    """Right first choices, false fills among absent fields, answers that are the gold one, loss; F1 of whole
    answers."""
    absent = [one for one in tried if one.branch.question.absent]
    false_fill = ratio(sum(not says_nothing(one.written) for one in absent), len(absent))
    decided = sum(says_nothing(one.written) == says_nothing(one.branch.answer) for one in tried)
    return {
        "f1": f1(tried) if whole else None,
        "false_fill": false_fill,
        "null_recall": None if false_fill is None else 1 - false_fill,
        "decision": ratio(decided, len(tried)),
        "exact": ratio(sum(one.written == one.branch.answer for one in tried), len(tried)),
        "loss": ratio(sum(one.loss for one in tried), sum(one.weight for one in tried)),
        "branches": float(len(tried)),
    }


def f1(tried: Sequence[Tried]) -> float | None:
    """Micro F1 over filled values, as evaluation counts them."""
    predicted = [Counter(leaves(value_of(one.written))) for one in tried]
    gold = [Counter(leaves(value_of(one.branch.answer))) for one in tried]
    matched = sum((a & b).total() for a, b in zip(predicted, gold, strict=True))
    return ratio(2 * matched, sum(one.total() for one in [*predicted, *gold]))


def says_nothing(written: str) -> bool:
    """Whether an answer, perhaps an unfinished one, is that the field is absent."""
    return written.startswith(NOTHING)


def ratio(part: float, whole: float) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def value_of(written: str) -> Json:
    """The value of an answer; null where it was cut off."""
    try:
        value: Json = json.loads(written)
    except ValueError:
        return None
    return value


@dataclass(frozen=True)
class Steering:
    """How to measure: in forwards of at most `limit` places, answers written out (`whole`) or only until
    they leave the gold."""

    vocabulary: Vocabulary
    limit: int
    whole: bool


def steer(
    model: TunedModel, held_out: Mapping[str, Sequence[Example]], steering: Steering
) -> dict[str, dict[str, float | None]]:
    """The measures of each held-out set."""
    with torch.inference_mode():
        return {
            name: measure(try_all(model, examples, steering), steering.whole)
            for name, examples in held_out.items()
        }


def try_all(model: TunedModel, examples: Sequence[Example], steering: Steering) -> list[Tried]:
    """Every branch of the examples."""
    return [one for group in batches(examples, steering.limit) for one in try_group(model, group, steering)]


def try_group(model: TunedModel, group: Sequence[Example], steering: Steering) -> list[Tried]:
    """Every branch of a few examples: one forward along the gold answers, then what it takes to write the
    others out."""
    batch = pack(group)
    logits = model.logits(batch).cpu()
    losses = functional.cross_entropy(logits, batch.targets, reduction="none") * batch.weights
    pairs = [(example, branch) for example in group for branch in example.branches]
    own = [batch.branches == index for index in range(len(pairs))]
    attempts = [
        Attempt(*pair, steering.vocabulary, logits[mine]) for pair, mine in zip(pairs, own, strict=True)
    ]
    if steering.whole:
        write_out(model, attempts)
    return [
        Tried(
            attempt.branch,
            float(losses[mine].sum()),
            float(batch.weights[mine].sum()),
            attempt.text,
            attempt.over,
        )
        for attempt, mine in zip(attempts, own, strict=True)
    ]


class Attempt:
    """One branch on its way: follows the gold answer as long as the model does, then writes on its own."""

    def __init__(self, example: Example, branch: Branch, vocabulary: Vocabulary, draft: Tensor) -> None:
        """`draft` are the logits [chosen tokens, vocabulary] along the gold answer."""
        self.example, self.branch, self.vocabulary = example, branch, vocabulary
        self.machine: AnswerMachine = branch.machine
        self.state: State = self.machine.initial
        self.written = b""
        self.forced = False
        self._follow(draft)
        self.settle()

    @property
    def over(self) -> bool:
        """Whether the answer is complete, or longer than anyone wants."""
        return (
            not self.machine.options(self.state)
            or len(self.tokens()) > len(self.branch.tokens) + LONGEST_ANSWER
        )

    def tokens(self) -> list[int]:
        """The canonical tokens of header and answer so far."""
        return self.vocabulary.encode(self.branch.header + self.written.decode("utf-8", "ignore"))

    def _follow(self, draft: Tensor) -> None:
        header = self.branch.header.encode("utf-8", "surrogatepass")
        at, row = -len(header), 0
        for token, weight in zip(self.branch.tokens, self.branch.weights, strict=True):
            content = self.vocabulary.bytes_of[token]
            if weight > 0:
                chosen = self.take(draft[row], header[at:] if at < 0 else b"")
                row += 1
                if chosen != token:
                    return
            elif at + len(content) > 0:
                self._write(content[-(at + len(content)) :] if at < 0 else content)
            at += len(content)

    @property
    def text(self) -> str:
        """What is written so far."""
        return self.written.decode("utf-8", "ignore")

    def settle(self) -> None:
        """Write what is forced."""
        self.forced = False
        while len(options := self.machine.options(self.state)) == 1:
            self._write(bytes(options))
            self.forced = True

    def take(self, logits: Tensor, held: bytes) -> int:
        """Write the allowed token that the model likes best, and name it; it has to begin with `held`, which
        is written."""
        for count in (FIRST_LOOK, logits.numel()):
            for token in torch.topk(logits, count).indices.tolist():
                content = self.vocabulary.bytes_of[token]
                if content.startswith(held) and self._decides(content[len(held) :]):
                    self._write(content[len(held) :])
                    return int(token)
        raise ValueError("no token fits: the vocabulary lacks single bytes")

    def held(self, tokens: Sequence[int]) -> bytes:
        """The last token of a forced run where it would swallow whatever may follow, so that the choice has
        to begin with it."""
        if not self.forced:
            return b""
        text = self.branch.header.encode() + self.written
        followed = (text + bytes([byte]) for byte in self.machine.options(self.state))
        if any(len(self.vocabulary.encode(one.decode("utf-8", "ignore"))) > len(tokens) for one in followed):
            return b""
        return self.vocabulary.bytes_of[tokens[-1]]

    def _write(self, content: bytes) -> None:
        for byte in content:
            self.state = self.machine.step(self.state, byte)
        self.written += content

    def _decides(self, content: bytes) -> bool:
        """Whether the machine lets the bytes through, and one of them at least was a choice."""
        state, choice = self.state, False
        for byte in content:
            options = self.machine.options(state)
            if byte not in options:
                return False
            choice = choice or len(options) > 1
            state = self.machine.step(state, byte)
        return choice


def write_out(model: TunedModel, attempts: Sequence[Attempt]) -> None:
    """Write every attempt to its end, all that are open side by side in one forward each time."""
    while still := [attempt for attempt in attempts if not attempt.over]:
        asked = [ask(attempt) for attempt in still]
        logits = model.logits(pack(rows(still, [branch for branch, _ in asked]))).cpu()
        for attempt, (_, held), row in zip(still, asked, logits, strict=True):
            attempt.take(row, held)
            attempt.settle()


def rows(attempts: Sequence[Attempt], branches: Sequence[Branch]) -> list[Example]:
    """The branches in their order, those of one document behind one prefix."""
    found: list[Example] = []
    for _, group in groupby(zip(attempts, branches, strict=True), key=lambda pair: id(pair[0].example)):
        members = list(group)
        found.append(replace(members[0][0].example, branches=tuple(branch for _, branch in members)))
    return found


def ask(attempt: Attempt) -> tuple[Branch, bytes]:
    """A branch whose one target is the next token, and the bytes of the forced token held back for it."""
    tokens = attempt.tokens()
    held = attempt.held(tokens)
    known = tokens[:-1] if held else tokens
    return replace(attempt.branch, tokens=(*known, 0), weights=(*([0.0] * len(known)), 1.0)), held
