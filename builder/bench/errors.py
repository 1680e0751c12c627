"""What can go wrong in a benchmark as a whole; a turn that fails is a result, not an error.

ExcerptError
└── BenchError   a system cannot be installed, prepared or started, or a report cannot be gone on with
"""

from __future__ import annotations

from builder.errors import ExcerptError


class BenchError(ExcerptError):
    """The benchmark could not be run."""
