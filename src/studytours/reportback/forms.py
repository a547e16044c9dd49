from django import forms

from .models import Verdict


class VerdictForm(forms.Form):
    answer = forms.ChoiceField(
        label="Is it fixed?", choices=Verdict.Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What do you see?",
        help_text="Please do not name anyone. Only the office reads this.",
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
