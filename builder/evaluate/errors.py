"""What can go wrong in an evaluation as a whole; a single failed record is a result, not an error.

ExcerptError
└── EvaluationError
    ├── RecordsError    a file of records cannot be read
    ├── BrowserError    no browser, or the engine does not start in it
    └── RatchetError    fewer answers are right than were before
"""

from __future__ import annotations

from builder.errors import ExcerptError


class EvaluationError(ExcerptError):
    """An evaluation could not be run."""


class RecordsError(EvaluationError):
    """A file of records is missing, malformed or not of this form."""


class BrowserError(EvaluationError):
    """No browser was found, or the engine does not start in it."""


class RatchetError(EvaluationError):
    """Fewer answers are right than the ratchet holds."""
