"""From a checkpoint's weights to the float32 graph that variants are made of."""
