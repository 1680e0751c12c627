"""The recipe that tunes a checkpoint for exactly what the engine does.

The road, in the order of the files: `records` (a document, what is asked, what is right) → `data` (the
mixture, seeded and varied) → `fields`, `source`, `machine`, `answers` (the engine's own rules: what a header
says, which bytes an answer may hold and which of them are forced) → `examples` (one prefix, one branch a
field) → `packing` (branches side by side under a mask) → `model` (LoRA and its loss) → `train` (the loop,
its checkpoints, its curve) → `steer` (held-out measures) →
`export` (adapter and card). `merge` serves the builder and needs none of the above.
"""
