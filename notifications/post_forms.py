"""What staff say of letters on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PostedForm(forms.Form):
    """On which day letters were put into the post; of those that must not leave, that they had."""

    posted_on = forms.DateField(
        label=_("Posted on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), localize=False
    )
    left_already = forms.BooleanField(label=_("They had left before anybody knew"), required=False)

    def __init__(self, *args: Any, asks: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        if not asks:
            self.fields["left_already"].widget = forms.HiddenInput()
