"""A record as the model sees it: one prefix that all fields share, and one branch for each field.

A branch is the header and the answer, tokenised as one text, without the line end that closes it. A token
counts for the loss where the engine asks the model for it: where at least one of its bytes has an
alternative under the answer's machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from builder.bundle.manifest import PromptParts
from builder.finetune.answers import machine_for, written_answer
from builder.finetune.fields import header_of
from builder.finetune.machine import AnswerMachine
from builder.finetune.questions import Question
from builder.finetune.source import SourceText
from builder.finetune.vocabulary import Vocabulary


@dataclass(frozen=True)
class Branch:
    """A field's tokens; `weights[i]` is the loss weight of predicting `tokens[i]`, 0 for what is not
    chosen."""

    question: Question
    header: str
    answer: str
    tokens: tuple[int, ...]
    weights: tuple[float, ...]
    machine: AnswerMachine

    @property
    def decision(self) -> int:
        """The index of the first token that the model chooses."""
        return next(index for index, weight in enumerate(self.weights) if weight > 0)


@dataclass(frozen=True)
class Example:
    """A document's prefix and its branches."""

    name: str
    text: str
    prefix: tuple[int, ...]
    branches: tuple[Branch, ...]

    @property
    def size(self) -> int:
        """The number of tokens fed: a branch's last token is only predicted."""
        return len(self.prefix) + sum(len(branch.tokens) - 1 for branch in self.branches)


class ExampleMaker:
    """Makes examples under one prompt and one tokenizer."""

    def __init__(self, prompt: PromptParts, vocabulary: Vocabulary) -> None:
        """Tokenise the prompt's fixed parts once."""
        self.prompt, self.vocabulary = prompt, vocabulary
        self._before = vocabulary.encode_prompt(prompt.before_document)
        self._after = vocabulary.encode_prompt(prompt.after_document)

    def prefix(self, text: str) -> tuple[int, ...]:
        """The tokens before the first field; each part is tokenised by itself."""
        return (*self._before, *self.vocabulary.encode(text), *self._after)

    def make(self, name: str, text: str, questions: Sequence[Question]) -> Example:
        """The example of a document; questions that the engine could not answer as the gold does are left
        out."""
        source = SourceText(text)
        branches = (self.branch(question, source) for question in questions)
        return Example(
            name, text, self.prefix(text), tuple(branch for branch in branches if branch is not None)
        )

    def branch(self, question: Question, source: SourceText) -> Branch | None:
        """One question's branch, or None where the engine cannot write its answer or has nothing to
        choose."""
        machine = machine_for(question.field, source)
        written = written_answer(question, source, machine)
        if written is None:
            return None
        header = header_of(question.field, self.prompt)
        answer, forced = written
        tokens = self.vocabulary.encode(header + answer)
        chosen = self._chosen(tokens, len(header.encode("utf-8", "surrogatepass")), forced)
        tokens, chosen = tokens[: len(chosen)], chosen
        count = sum(chosen)
        if count == 0:
            return None
        # A branch weighs as the root of its length: a long value must not drown the decisions of the short
        # ones.
        weights = tuple(flag / math.sqrt(count) for flag in chosen)
        return Branch(question, header, answer, tuple(tokens), weights, machine)

    def _chosen(self, tokens: Sequence[int], header_bytes: int, forced: Sequence[bool]) -> list[bool]:
        """For each token up to the last chosen one whether the model was asked for it."""
        chosen, at = [], -header_bytes
        for token in tokens:
            end = at + len(self.vocabulary.bytes_of[token])
            chosen.append(not all(forced[max(at, 0) : max(end, 0)]))
            at = end
        while chosen and not chosen[-1]:
            chosen.pop()
        return chosen
