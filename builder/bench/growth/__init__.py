"""How Excerpt's cost grows with the length of the text and with the number of fields.

`documents` composes texts and schemas · `measure` runs them in one tab and puts the report together ·
`page.js` measures, in that same tab, what copying a cache costs and how fast memory is · `limits` is the
arithmetic (pure) · `table` is the Markdown.
"""
