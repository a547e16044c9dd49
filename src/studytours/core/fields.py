"""Form fields that several contexts use."""

from django import forms

from .geometry import in_uk


class PointField(forms.CharField):
    """A point on the map as text: "52.30420, -0.71750". The map component fills it in."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        if isinstance(value, tuple):
            return "" if value[0] is None else f"{value[0]:.6f}, {value[1]:.6f}"
        return value

    def to_python(self, value):
        """(lat, lon), or None when it is empty."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            lat, lon = (float(part) for part in text.split(","))
        except ValueError:
            raise forms.ValidationError(
                "Give latitude and longitude with a comma between them: 52.3042, -0.7175."
            ) from None
        if not in_uk(lat, lon):
            raise forms.ValidationError(
                "This point is not in Great Britain or Northern Ireland. "
                "Latitude comes first, then longitude."
            )
        return lat, lon
