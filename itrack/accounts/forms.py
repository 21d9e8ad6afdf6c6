from django import forms


class SignInForm(forms.Form):
    username = forms.CharField(max_length=80)
    password = forms.CharField(max_length=128, strip=False)
