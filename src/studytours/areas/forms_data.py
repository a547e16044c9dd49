"""The form that takes boundaries, figures and street maps."""

from django import forms

from .importers import geojson, tables
from .models import DataImport

MEGABYTE = 1024**2
STREETS_BYTES = 300 * MEGABYTE  # a large county; a whole country would not fit into memory


class DataForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is in the file",
        choices=DataImport.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what is in the file."},
    )
    file = forms.FileField(
        label="File",
        max_length=200,
        error_messages={"required": "Choose a file."},
        help_text="GeoJSON for boundaries, CSV for figures, .osm.pbf for a street map.",
    )

    def clean(self):
        cleaned = super().clean()
        if {"kind", "file"} <= set(cleaned):
            self._check_file(cleaned["file"], *_wanted(cleaned["kind"]))
        return cleaned

    def _check_file(self, file, endings, largest, command):
        if not file.name.lower().endswith(endings):
            self.add_error("file", f"Choose a file that ends in {' or '.join(endings)}.")
        elif file.size > largest:
            self.add_error(
                "file",
                f"This file is larger than {largest // 10**6} MB. Choose a smaller one, or import "
                f"it on the server: studytours {command}.",
            )


def _wanted(kind):
    """How the names of such files end, how large they may be, and the command for larger ones."""
    if kind == DataImport.Kind.STREETS:
        return (".osm.pbf",), STREETS_BYTES, "import_streets"
    if kind == DataImport.Kind.STATISTICS:
        return (".csv",), tables.MAX_BYTES, "import_statistics"
    return (".geojson", ".json"), geojson.MAX_BYTES, "import_boundaries"
