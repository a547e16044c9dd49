"""Join codes that can be read aloud, written by hand and typed on a phone."""

import secrets

# No vowels (no words), none of I L O S U Z B 0 1 that are taken for one another.
ALPHABET = "CDFGHJKMNPQRTVWXY23456789"
LENGTH = 6


def new_code():
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
