from django import forms
from django.http import QueryDict

from itrack.accounts.rules_links import Lost
from itrack.accounts.rules_passwords import TYPED_AT_MOST
from itrack.accounts.rules_sessions import Factor


class SignInForm(forms.Form):
    username = forms.CharField(max_length=80)
    password = forms.CharField(max_length=TYPED_AT_MOST, strip=False)


class NewPasswordForm(forms.Form):
    """A password typed, or the one that was offered: its button sends it as `thought_up`.

    What is wrong with it is said by the action, in sentences; here only what could be no answer at all.
    """

    password = forms.CharField(strip=False)

    def __init__(self, sent: QueryDict) -> None:
        taken = sent.get("thought_up")
        super().__init__({**sent.dict(), "password": taken} if taken else sent)


class TakeUpForm(NewPasswordForm):
    username = forms.CharField(max_length=200)


class ChangePasswordForm(NewPasswordForm):
    current = forms.CharField(max_length=TYPED_AT_MOST, strip=False)


class ForgottenForm(forms.Form):
    typed = forms.CharField(max_length=254)
    lost = forms.ChoiceField(choices=[(one.value, one.value) for one in Lost])


class AcceptForm(forms.Form):
    school = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class CodeForm(forms.Form):
    """A code of an app, or a recovery code."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in (Factor.APP, Factor.RECOVERY)])
    code = forms.CharField(max_length=40)


class PasskeyForm(forms.Form):
    """What the browser answered, as its script wrote it down; for a new passkey also what to call it."""

    answer = forms.CharField(max_length=20_000)
    name = forms.CharField(max_length=60, required=False)


class AppForm(forms.Form):
    code = forms.CharField(max_length=40)


class ConfirmForm(forms.Form):
    password = forms.CharField(max_length=TYPED_AT_MOST, strip=False)
