"""What an agency fills in on the page of a delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code that we told the agency on another way."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("We gave it to you on another way than this address. It opens this page once, in this browser."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
