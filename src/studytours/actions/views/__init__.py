"""HTTP of this context: the debrief, the desk, partners, pictures, remits."""
