"""Training documents with gold answers: many kinds, composed from parts, the same for the same seed.

`generate` draws a kind, a locale and the values, lets the kind write the document, disturbs the text now
and then and asks for some of what it says and for some things that it does not say. Every text value of the
gold stands in the text (white space collapsed). A number or a day may be asked for in its normal form; then
the record's `spans` says by property which characters it was read from.
"""

from __future__ import annotations

from .generator import InvalidDocumentError, generate, kind_names

__all__ = ["InvalidDocumentError", "generate", "kind_names"]
