"""What an import of measures did, for the page and the command line."""

from dataclasses import dataclass

from studytours.partners.models import Organisation

from .models import Measure


@dataclass(frozen=True)
class MeasuresImport:
    rows: int
    added: tuple[Measure, ...]
    already_there: tuple[Measure, ...]
    # Owners and maintainers that the file names and nobody had entered yet.
    new_organisations: tuple[Organisation, ...]

    def as_json(self):
        return {
            "rows": self.rows,
            "added": len(self.added),
            "already_there": len(self.already_there),
            "measures": [measure.ref for measure in (*self.added, *self.already_there)],
            "new_organisations": [one.name for one in self.new_organisations],
        }

    def in_words(self):
        """One sentence for a banner."""
        parts = [f"{len(self.added)} of {self.rows} measures were added"]
        if self.already_there:
            parts.append(f"{len(self.already_there)} were in the register already")
        if self.new_organisations:
            names = ", ".join(one.name for one in self.new_organisations)
            parts.append(f"new organisations: {names} (give them an e-mail address)")
        return "; ".join(parts) + "."
