"""The scoreboard: the same records answered by the engine, by the engine without one of its parts, with other
weights, by a peer and by rules; one table.

`rows` says who answers and what decides the answers · `weights` builds the bundles that only a row asks for ·
`peer` lets transformers.js answer · `cells` keeps what was measured, a row on a set, so that a run may be
stopped and gone on with · `board` fills the cells and puts the report together · `table` writes it.
"""

# The rows by name, in the order of the table; `rows` says what they are.
NAMES = (
    "rules",
    "untuned",
    "transformers.js",
    "float32",
    "excerpt",
    "no-grounding",
    "no-threshold",
    "no-drafts",
)
