"""A route walked again: on another day, or at dusk."""
