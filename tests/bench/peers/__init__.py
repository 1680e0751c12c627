"""Excerpt against transformers.js with its structured-output package: `python -m tests.bench.peers`.

`model` writes our weights in the form the peer reads · `site` serves it · `rounds` runs and measures.
Nothing here is part of the product; the peer's packages are installed only by this command.
"""
