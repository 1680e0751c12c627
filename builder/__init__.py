"""Builds bundles: from a recipe to a checkpoint, a graph, its variants, shards and a manifest."""
