"""Runs the web app's schema compiler under Node over records of schemas and instances.

A record is a JSON object a line: `schema`, and the lists `valid` and `invalid` of instances. What becomes
of it, from best to worst: `enforced`, `refused` (by feature and place), `valid_rejected`,
`invalid_accepted`. An instance is taken or left by the very machine that a value is decoded under.
"""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from builder.errors import ExcerptError

# From best to worst.
OUTCOMES = ("enforced", "refused", "valid_rejected", "invalid_accepted")

# Seconds for one record; what takes longer is stopped and counted as refused.
LIMIT = 20.0


class SchemasError(ExcerptError):
    """The records cannot be read, or the compiler cannot be run."""


@dataclass(frozen=True, slots=True)
class Record:
    """A schema with instances; `id` is the record's own, or `line N`."""

    id: str
    schema: dict[str, Any]
    valid: list[Any]
    invalid: list[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record; feature, place and message only where it was refused."""

    id: str
    outcome: str
    feature: str | None = None
    place: str | None = None
    message: str | None = None


def read_records(path: Path) -> list[Record]:
    """Read a JSONL file; raises SchemasError with the number of the first line that is no record."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemasError(
            f"{path} cannot be read ({type(error).__name__})", "name a JSONL file in UTF-8"
        ) from error
    records = [_record(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not records:
        raise SchemasError(f"{path} holds no records", "give at least one, a JSON object a line")
    return records


def _record(line: str, path: Path, number: int) -> Record:
    advice = "a line is an object with “schema”, and lists “valid” and “invalid”"
    try:
        value = json.loads(line)
    except ValueError as error:
        raise SchemasError(f"{path}, line {number} is no JSON", advice) from error
    if not isinstance(value, dict) or not isinstance(value.get("schema"), dict):
        raise SchemasError(f"{path}, line {number} has no schema", advice)
    valid, invalid = value.get("valid", []), value.get("invalid", [])
    if not isinstance(valid, list) or not isinstance(invalid, list):
        raise SchemasError(f"{path}, line {number} has instances that are no list", advice)
    return Record(str(value.get("id", f"line {number}")), value["schema"], valid, invalid)


def build_compiler(web: Path, cache: Path) -> Path:
    """Bundle the compiler into one file for Node; its path. Raises SchemasError."""
    bundler = web / "node_modules" / ".bin" / "esbuild"
    if not bundler.exists():
        raise SchemasError(f"{bundler} is missing", "install the web app's packages: make setup")
    out = cache / "schemas.mjs"
    arguments = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", f"--outfile={out}"]
    done = subprocess.run(
        [bundler, web / "node" / "schemas.ts", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SchemasError(
            f"the compiler could not be bundled: {done.stderr.strip()[:500]}", "run: make types"
        )
    return out


def try_records(
    records: Sequence[Record],
    program: Path,
    limit: float = LIMIT,
    report: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Try every record in turn under Node; one that takes longer than `limit` seconds stops only itself."""
    node = shutil.which("node")
    if node is None:
        raise SchemasError("node is missing", "install Node.js 20 or newer")
    outcomes: list[Outcome] = []
    while len(outcomes) < len(records):
        with _Compiler([node, str(program)], limit) as compiler:
            for outcome in compiler.outcomes(records[len(outcomes) :]):
                outcomes.append(outcome)
                if report is not None:
                    report(outcome)
    return outcomes


class _Compiler:
    """One Node process that answers line by line, until it takes too long."""

    def __init__(self, command: Sequence[str], limit: float) -> None:
        self.limit = limit
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.answers: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def __enter__(self) -> _Compiler:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                _close(pipe)

    def outcomes(self, records: Sequence[Record]) -> Iterator[Outcome]:
        """An outcome for each record, up to the first that takes too long."""
        for record in records:
            answer = self._ask(json.dumps(asdict(record)))
            if answer is None:
                message = f"it took longer than {self.limit:g} seconds"
                yield Outcome(record.id, "refused", "time", "", message)
                return
            yield Outcome(id=record.id, **json.loads(answer))

    def _ask(self, line: str) -> str | None:
        if self.process.stdin is None:
            raise RuntimeError("the process was started without a pipe")
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.answers.get(timeout=self.limit)
        except queue.Empty:
            return None
        except BrokenPipeError:
            answer = ""
        if not answer:
            raise SchemasError(
                "the compiler ended early", "see its message above, and check Node with: node --version"
            )
        return answer

    def _read(self) -> None:
        if self.process.stdout is not None:
            for line in self.process.stdout:
                self.answers.put(line)
        self.answers.put("")


def _close(pipe: IO[str]) -> None:
    """Close a pipe whose other end may be gone."""
    try:
        pipe.close()
    except BrokenPipeError:
        return


def count(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many there are of each outcome."""
    counted = Counter(one.outcome for one in outcomes)
    return {name: counted[name] for name in OUTCOMES}


def build_report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report as JSON: the counts, and each schema's outcome without what it does not have."""
    schemas = [{key: value for key, value in asdict(one).items() if value is not None} for one in outcomes]
    return {"counts": count(outcomes), "schemas": schemas}
