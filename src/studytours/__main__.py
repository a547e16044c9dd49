"""`python -m studytours`, the same as `studytours`."""

from studytours.config.cli import main

main()
