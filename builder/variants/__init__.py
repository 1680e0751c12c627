"""Variants of a float32 graph: what a backend likes to run, with the same inputs and outputs.

A quantisation (`registry.QUANTIZATIONS`, one module each) gives the weights their form on the standard
contract; the cache then takes its columns (`builder/export/cache.py`), and a backend its own form of what is
left (`registry.BACKENDS`).
"""
