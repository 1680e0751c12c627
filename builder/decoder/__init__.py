"""A causal decoder written for the graph: what a model is made of, and the modules that compute it."""
