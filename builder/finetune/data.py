"""The mixture that a run learns from: sets of records and generated documents, drawn by seed, varied at
every draw.

The stream is a function of the recipe and the records alone, so a run that is resumed after n draws goes on
with draw n.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from builder.finetune.errors import FinetuneError
from builder.finetune.examples import Example, ExampleMaker
from builder.finetune.fields import Field
from builder.finetune.questions import Question
from builder.finetune.records import Record, read_set, record_of
from builder.finetune.tuning import DataRecipe
from builder.finetune.variation import VariationRecipe, lendable, questions_of, select, vary

GENERATED = "generated"
GENERATOR = "builder.finetune.documents"
# Texts above this many characters for each token allowed are not even tokenised.
CHARACTERS_PER_TOKEN = 6


@dataclass(frozen=True)
class Mixture:
    """What is trained on and what is held out, by set; `digest` is a SHA-256 over both."""

    training: dict[str, list[Record]]
    held_out: dict[str, list[Record]]
    digest: str

    @property
    def lenders(self) -> dict[str, list[Field]]:
        """For each set the fields that it lends to others."""
        return {
            name: distinct(field for record in records for field in lendable(record))
            for name, records in self.training.items()
        }


def load_mixture(folder: Path, recipe: DataRecipe) -> Mixture:
    """Read the sets of a folder and let the generator write its documents.

    Raises FinetuneError where there is nothing to train on, and where a set that is to be held out is
    missing.
    """
    sets = {
        path.stem: read_set(path)
        for path in sorted(folder.glob("*.jsonl"))
        if path.stem not in recipe.left_out
    }
    if missing := sorted(set(recipe.held_out) - set(sets)):
        raise FinetuneError(
            f"{folder} has no set {missing[0]!r}, which the recipe holds out", "correct --data or the recipe"
        )
    made = generated(recipe)
    held_out = {name: sets.pop(name) for name in recipe.held_out}
    for kind in recipe.held_out_kinds:
        held_out[f"{GENERATED}: {kind}"] = kept_back = [record for record in made if record.domain == kind]
        if made and not kept_back:
            raise FinetuneError(f"no generated document is a {kind!r}", "correct data.held_out_kinds")
    if kept := [record for record in made if record.domain not in recipe.held_out_kinds]:
        sets[GENERATED] = kept
    if not any(sets.values()):
        raise FinetuneError(
            f"{folder} holds no records to train on", "give the folder of the .jsonl files with --data"
        )
    return Mixture(sets, held_out, digest_of([*sets.values(), *held_out.values()]))


def generated(recipe: DataRecipe) -> list[Record]:
    """The documents of the generator; none where a recipe wants none. Raises FinetuneError where it is not
    installed."""
    if recipe.generated == 0:
        return []
    if importlib.util.find_spec(GENERATOR) is None:
        raise FinetuneError(f"the generator {GENERATOR} is missing", "set data.generated to 0 or install it")
    from builder.finetune.documents import generate

    made = enumerate(generate(recipe.seed, recipe.generated))
    return [record_of(one, GENERATED, f"generated document {number}") for number, one in made]


def digest_of(sets: Iterable[Sequence[Record]]) -> str:
    """A SHA-256 over every record of every set."""
    sha = hashlib.sha256()
    for records in sets:
        for record in records:
            parts = [record.set, record.id, record.text, record.schema, record.gold]
            sha.update(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode())
    return sha.hexdigest()


def distinct(fields: Iterable[Field]) -> list[Field]:
    """Every field once, in the order of first sight."""
    return list(dict.fromkeys(fields))


def shares(training: dict[str, list[Record]], recipe: DataRecipe) -> dict[str, float]:
    """For each set the share of draws that go to it."""
    roots = {
        name: len(records) ** recipe.balance * recipe.emphasis.get(name, 1.0)
        for name, records in training.items()
        if name != GENERATED and records
    }
    made = recipe.generated_share if GENERATED in training else 0.0
    made = 1.0 if not roots else made
    total = sum(roots.values())
    spread = {name: (1 - made) * root / total for name, root in roots.items()}
    return {**spread, GENERATED: made} if made else spread


def draws(training: dict[str, list[Record]], recipe: DataRecipe) -> Iterator[Record]:
    """Records without end: sets by their share, each set's records in a new order every time round."""
    random = Random(recipe.seed)
    weights = shares(training, recipe)
    rounds = {name: endless(training[name], Random(f"{recipe.seed} {name}")) for name in weights}
    names = list(weights)
    while True:
        yield next(rounds[random.choices(names, list(weights.values()))[0]])


def endless(records: Sequence[Record], random: Random) -> Iterator[Record]:
    """The records in a new order every time round."""
    while True:
        yield from random.sample(list(records), len(records))


class Stream:
    """The examples of a run, one after the other; `drawn` is all that has to be kept to go on later."""

    def __init__(self, mixture: Mixture, recipe: DataRecipe, maker: ExampleMaker, drawn: int = 0) -> None:
        """Stand behind the first `drawn` draws."""
        self.recipe, self.maker, self.drawn = recipe, maker, drawn
        self._draws = draws(mixture.training, recipe)
        lenders = mixture.lenders
        self._lenders = {
            name: [f for other in lenders if other != name for f in lenders[other]] for name in lenders
        }
        for _ in range(drawn):
            next(self._draws)

    def step(self, tokens: int) -> list[Example]:
        """The examples of the next step: as many as it takes to reach `tokens`."""
        examples: list[Example] = []
        while sum(example.size for example in examples) < tokens:
            if (example := self._next()) is not None:
                examples.append(example)
        return examples

    def _next(self) -> Example | None:
        record = next(self._draws)
        random = Random(f"{self.recipe.seed} {self.drawn}")
        self.drawn += 1
        questions = vary(questions_of(record), self._lenders[record.set], self.recipe.variation, random)
        return fitting(self.maker, record, questions, self.recipe.max_tokens)


def fitting(maker: ExampleMaker, record: Record, questions: Sequence[Question], limit: int) -> Example | None:
    """The example, or None where it is too long or nothing can be learned from it."""
    if len(record.text) > limit * CHARACTERS_PER_TOKEN:
        return None
    example = maker.make(record.id, record.text, questions)
    return example if example.branches and example.size <= limit else None


def held_out_examples(
    mixture: Mixture, recipe: DataRecipe, maker: ExampleMaker, count: int
) -> dict[str, list[Example]]:
    """About `count` examples, as many from each held-out set, as they stand (nothing varied), the same for
    the same seed."""
    each = max(1, count // max(1, len(mixture.held_out)))
    found: dict[str, list[Example]] = {}
    for name, records in mixture.held_out.items():
        random = Random(f"{recipe.seed} steer {name}")
        shuffled = random.sample(records, len(records))
        asked = (
            fitting(maker, record, kept(record, recipe.variation, random), recipe.max_tokens)
            for record in shuffled
        )
        found[name] = [example for _, example in zip(range(each), filter(None, asked), strict=False)]
    return found


def kept(record: Record, variation: VariationRecipe, random: Random) -> list[Question]:
    """A record's questions, as many as a document gets in training."""
    return select(questions_of(record), variation, random)
