"""Walks through a place: which stops, in which order, within the time there is."""
