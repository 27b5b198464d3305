"""The forms of the inbox: what to show, and how somebody wants to be told."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from cases.forms.people import ColleagueField, colleagues
from notifications.alerts.kinds import AlertKind
from notifications.models import StaffPreferences

DAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


class InboxFilters(forms.Form):
    """What can be asked of the inbox. A value that makes no sense is left out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *AlertKind.choices])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="filter_%s")

    def asked(self) -> str:
        """Return the kind that was asked for, empty for all."""
        self.is_valid()
        return str(self.cleaned_data.get("kind", ""))


class PreferencesForm(forms.ModelForm[StaffPreferences]):
    """When somebody wants mail, when they are away, and who stands in."""

    digest_hour = forms.TypedChoiceField(
        label=_("At this hour"),
        coerce=int,
        choices=[(hour, f"{hour:02d}:00") for hour in range(24)],
        help_text=_("In your time zone, which you choose under Appearance."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), coerce=int, choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    deputy = ColleagueField(
        label=_("Who stands in for you"),
        required=False,
        empty_label=_("No one"),
        help_text=_("While you are away they are told in your place, of what their role and compartments allow."),
    )

    class Meta:
        model = StaffPreferences
        fields = [
            "digest",
            "digest_hour",
            "weekdays",
            "at_once",
            "away_from",
            "away_until",
            "deputy",
            "feed_of_all",
        ]
        widgets = {
            "away_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "away_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "digest": _("One mail a day with all that waits for you. Your inbox here shows it in any case."),
            "at_once": _("Of emergencies, and of what nobody else has looked at."),
            "feed_of_all": _("In your calendar, instead of those of the cases that are assigned to you."),
        }

    def __init__(self, *args: Any, user: User, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = now.astimezone(ZoneInfo(user.timezone)).date()
        chosen: Any = self.fields["deputy"]
        chosen.queryset = colleagues().exclude(person=user.person_id)
        if self.instance.deputy:
            self.initial["deputy"] = self.instance.deputy.email
        if not user.has_role(Role.COUNSEL):
            del self.fields["feed_of_all"]

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of an absence, in their order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if first and not last and "away_until" not in self.errors:
            self.add_error("away_until", _("Enter the last day on which you are away."))
        elif last and not first and "away_from" not in self.errors:
            self.add_error("away_from", _("Enter the first day on which you are away."))
        elif first and last and last < first:
            self.add_error("away_until", _("Enter a last day that is not before the first."))
        elif last and last < self.today:
            self.add_error("away_until", _("Enter a last day that is still to come, or leave both days empty."))
        if cleaned.get("digest") and not cleaned.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", _("Choose at least one day, or no digest."))
        return cleaned
