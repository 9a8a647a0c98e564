"""Models with the values filled in so far, and the presets kept of them."""
