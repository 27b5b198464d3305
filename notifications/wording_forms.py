"""What counsel fills in to say a mail in other words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.checking import LONGEST_SUBJECT


class WordingForm(forms.Form):
    """A new version. Whether it can be used is asked of notifications.checking."""

    subject = forms.CharField(
        label=_("Subject"),
        help_text=_("It shows on a locked screen. Of the facts it can hold {{ provider }} and {{ reference }}."),
        max_length=LONGEST_SUBJECT,
    )
    text = forms.CharField(
        label=_("Text"),
        help_text=_(
            "An empty line ends a paragraph. “- ” begins a point, “# ” a heading. Our name, their page and how to be "
            "sure that the mail is real are added below it."
        ),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    reason = forms.CharField(
        label=_("Why it is to be said like this"),
        help_text=_("Who approves reads it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RealNoticeForm(forms.Form):
    """A notice of a case, to see what it would say."""

    reference = forms.CharField(label=_("Reference of the case"), max_length=20)
    number = forms.IntegerField(label=_("Number of the notice"), min_value=1, max_value=999_999, initial=1)
