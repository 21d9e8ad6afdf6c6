"""What the reader of looks asks for, from the address."""

from django import forms


class LooksForm(forms.Form):
    member = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    pupil = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
