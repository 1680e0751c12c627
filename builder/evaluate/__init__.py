"""Evaluation: records of text and gold, the real engine in a real browser, scores, one report.

`records` reads the files · `presets` those of the page's presets · `chromium` finds a browser · `hosting`
serves a bundle on a free port · `browser` drives the engine · `running` opens an engine, with or without its
parts, and asks it · `spans` converts offsets · `scoring` is pure · `report` puts it together.
"""
