"""What can go wrong with a scoreboard as a whole.

ExcerptError
└── ScoreboardError    a row cannot be measured, or drafts changed an answer
"""

from __future__ import annotations

from builder.errors import ExcerptError


class ScoreboardError(ExcerptError):
    """The scoreboard cannot be filled, or says something that must not be."""
