"""Evaluation: records of text and gold, the real engine in a real browser, scores, one report.

`records` reads the files · `chromium` finds a browser · `hosting` serves a bundle on a free port ·
`browser` drives the engine · `spans` converts offsets · `scoring` is pure · `report` puts it together.
"""
