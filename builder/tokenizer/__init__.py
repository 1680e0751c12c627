"""The tokenizer of a checkpoint, as the browser reads it."""
