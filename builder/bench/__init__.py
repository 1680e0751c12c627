"""The benchmark: Excerpt beside other ways of holding a model's answer to a schema, in one Chromium.

`tasks` chooses the documents · `peers/` installs, prepares and serves the other systems and holds what runs
in each page · `systems` opens a page and asks it · `memory` finds a page's process and its peak ·
`rounds` is the order of the turns · `turns` is one turn as data · `ledger` keeps the report file as turns
come in · `figures` computes medians and ratios (pure) · `table` is the table for the README ·
`growth/` measures how Excerpt's own cost grows with the text and with the fields.
"""
