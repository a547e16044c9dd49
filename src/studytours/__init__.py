"""Problem-solving study tours, from recorded crime to a kept promise."""
