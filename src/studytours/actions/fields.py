"""Form fields of this context: organisations with the likely one first, photos, dates."""

from django import forms
from django.utils.html import format_html, format_html_join

from studytours.core.errors import Refused
from studytours.core.photos import MOST_BYTES, refuse_what_is_no_photo


class QuickSelect(forms.Select):
    """A list drawn without a template for each option: a debrief shows hundreds of them."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        parts = [
            format_html('<optgroup label="{}">{}</optgroup>', label, self._options(entry, chosen))
            if isinstance(entry, (list, tuple))
            else self._options([(label, entry)], chosen)
            for label, entry in self.choices
        ]
        attrs = self.build_attrs(self.attrs, attrs)
        described = attrs.get("aria-describedby")
        return format_html(
            '<select class="govuk-select st-select" name="{}" id="{}"{}>{}</select>',
            name, attrs.get("id", name),
            format_html(' aria-describedby="{}"', described) if described else "",
            format_html_join("", "{}", ((part,) for part in parts)),
        )  # fmt: skip

    def _options(self, options, chosen):
        return format_html_join(
            "", '<option value="{}"{}>{}</option>',
            ((v, " selected" if str(v) == chosen else "", label) for v, label in options),
        )  # fmt: skip


class OrganisationField(forms.TypedChoiceField):
    """One of the active organisations; `offer` sets the list, the suggested ones first."""

    widget = QuickSelect

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(empty_value=None, **kwargs)

    def offer(self, organisations, suggested=(), none="Choose an organisation"):
        by_pk = {str(organisation.pk): organisation for organisation in organisations}
        self.coerce = by_pk.__getitem__
        everyone = [(o.pk, o.name) for o in organisations]
        self.choices = [("", none)] + (
            [
                ("Suggested by its remit", [(o.pk, o.name) for o in suggested]),
                ("All", everyone),
            ]
            if suggested
            else everyone
        )


class DateField(forms.DateField):
    """A date with the browser's own calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos → [(bytes, content type), …]; what is none is refused by its name."""

    widget = PhotosInput(attrs={"accept": "image/*,.heic", "multiple": True})

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        files = [super(PhotosField, self).clean(file) for file in (data or []) if file]
        return [self._read(file) for file in files]

    def _read(self, file):
        try:
            # Only the first bytes: a huge file is refused before it is read.
            refuse_what_is_no_photo(file.read(32), file.size)
        except Refused as error:
            why = f"{file.name}: {error} Then choose the photos again."
            raise forms.ValidationError(why) from error
        file.seek(0)
        return file.read(MOST_BYTES + 1), file.content_type
