"""The other systems: `packages` installs them, `model` prepares what they load, `site` serves them.

`excerpt.js`, `transformers.js` and `wllama.js` are what runs in each system's page. Each gives its page the
function `ask`, which answers `load`, `forget` and `extract` alike. Nothing here is part of the product.
"""
