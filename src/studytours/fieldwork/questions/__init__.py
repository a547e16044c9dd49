"""Questions that a record may answer: the whole area, about you, a shop visit, a private note."""
