"""What a specification is made of: tables of what is given and what must come out.

A test calls `spec(given, answer, expect)`; it fails when the answer is not as expected. Run by
`bin/write_specification.py`, the same calls become the tables of docs/methods/specification.md.
"""

from dataclasses import dataclass, field

from pytest import approx


@dataclass
class Spec:
    tables: list = field(default_factory=list)

    def __call__(self, given, answer, expect):
        """`given` and `expect` are columns by name; `answer` makes such columns from `given`.

        An expected number stands for all that round to it.
        """
        found = answer(given)
        for name, values in expect.items():
            assert len(values) == len(found[name]), name
            for value, one in zip(values, found[name], strict=True):
                same = value if isinstance(value, str | bool) else approx(value, abs=_half(value))
                assert one == same, f"{name}: {one}, not {value}"
        self.tables.append((given, expect))


def _half(value):
    """Half a unit of the last digit that is written."""
    _, _, digits = f"{value}".partition(".")
    return 0.5 * 10 ** -len(digits) + 1e-12
