"""What a publisher writes when publishing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenPeriodForm(forms.Form):
    """Open any period by its label."""

    period = forms.CharField(label=_("Another period"), help_text=_("2018, 2018-H2 or 2018-Q3"), max_length=7)


class PublishForm(forms.Form):
    """A note to readers; a further revision needs one on what changed."""

    note = forms.CharField(
        label=_("What changed and why"),
        help_text=_("Readers see it beside the revisions. Name no person, account or case."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: object, revision: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["note"].required = revision > 1
        if revision == 1:
            self.fields["note"].label = _("A note (optional)")
