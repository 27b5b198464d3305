"""What is asked when several cases are given to a colleague."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.people import ColleagueField


class AssignForm(forms.Form):
    """To whom."""

    assignee = ColleagueField(label=_("Who works on these cases"), empty_label=_("Choose a colleague"))
