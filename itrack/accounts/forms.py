from django import forms

from itrack.accounts.rules_links import Lost
from itrack.accounts.rules_passwords import TYPED_AT_MOST


class SignInForm(forms.Form):
    username = forms.CharField(max_length=80)
    password = forms.CharField(max_length=TYPED_AT_MOST, strip=False)


class TakeUpForm(forms.Form):
    """What is wrong with either is said by the action, in sentences; here only what could be no answer at all."""

    username = forms.CharField(max_length=200)
    password = forms.CharField(max_length=TYPED_AT_MOST, strip=False)


class NewPasswordForm(forms.Form):
    password = forms.CharField(max_length=TYPED_AT_MOST, strip=False)


class ForgottenForm(forms.Form):
    typed = forms.CharField(max_length=254)
    lost = forms.ChoiceField(choices=[(one.value, one.value) for one in Lost])


class AcceptForm(forms.Form):
    school = forms.IntegerField(min_value=1, max_value=2**63 - 1)
