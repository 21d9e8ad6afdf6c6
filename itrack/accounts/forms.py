from collections.abc import Iterator, Mapping
from datetime import timedelta

from django import forms
from django.http import QueryDict

from itrack.accounts.queries.roles import always_asked
from itrack.accounts.rules_links import Lost
from itrack.accounts.rules_passwords import TYPED_AT_MOST
from itrack.accounts.rules_people import ROLE_WORDS
from itrack.accounts.rules_sessions import Factor, Limits
from itrack.foundation.viewer import Role


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


class RolesForm(forms.Form):
    """What holds for every role, a row each; and whether teachers see the whole school."""

    whole_school = forms.BooleanField(required=False, label="Teachers see and mark every class")

    def __init__(self, sent: QueryDict | None = None, *, held: Mapping[Role, Limits]) -> None:
        super().__init__(sent, initial={"whole_school": held[Role.TEACHER].whole_school})
        self.held, self.fixed = held, always_asked()
        for role, limits in held.items():
            words = ROLE_WORDS[role]
            idle, hours = limits.idle // timedelta(minutes=1), limits.longest // timedelta(hours=1)
            self.fields[f"{role}_idle"] = _number(f"Minutes without a click, {words}", 5, 240, idle)
            self.fields[f"{role}_hours"] = _number(f"Hours in any case, {words}", 1, 24, hours)
            self.fields[f"{role}_factor"] = forms.BooleanField(
                required=False,
                label=f"Second proof, {words}",
                initial=limits.second_factor or role in self.fixed,
                disabled=role in self.fixed,
            )

    def by_role(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        for role in self.held:
            words = ROLE_WORDS[role]
            yield words[0].upper() + words[1:], self[f"{role}_idle"], self[f"{role}_hours"], self[f"{role}_factor"]

    def limits(self) -> dict[Role, Limits]:
        return {role: self._limits_of(role) for role in self.held}

    def _limits_of(self, role: Role) -> Limits:
        told = self.cleaned_data
        return Limits(
            idle=timedelta(minutes=told[f"{role}_idle"]),
            longest=timedelta(hours=told[f"{role}_hours"]),
            second_factor=told[f"{role}_factor"],
            whole_school=told["whole_school"] if role is Role.TEACHER else self.held[role].whole_school,
        )


def _number(label: str, least: int, most: int, now: int) -> forms.IntegerField:
    said = f"Give a number from {least} to {most}."
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    box = forms.NumberInput(attrs={"class": "input"})
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=now, error_messages=errors, widget=box
    )
