"""What moves a clock: suspension, extension, another return date, a notified authority, an order that came in time."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import amendments, clock_changes, events
from cases.forms.acts import ActForm, day_field, text_field

WHY = gettext_lazy("Why, and who allows it")


class SuspendClock(ActForm):
    reason = text_field(WHY)

    def perform(self) -> str | Promise:
        clock_changes.suspend_clock(clock_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom)
        return _("The clock stands still until somebody lets it run on.")


class ResumeClock(ActForm):
    reason = text_field(gettext_lazy("Why it runs on"))

    def perform(self) -> str | Promise:
        clock_changes.resume_clock(clock_id=self.subject.pk, reason=self.cleaned_data["reason"], **self.by_whom)
        return _("The clock runs on, moved by the time it stood still.")


class ExtendClock(ActForm):
    last_day = day_field(gettext_lazy("New last day"), help_text=gettext_lazy("It counts in full."))
    reason = text_field(WHY)

    def perform(self) -> str | Promise:
        asked = {name: self.cleaned_data[name] for name in ("last_day", "reason")}
        clock_changes.extend_clock(clock_id=self.subject.pk, **asked, **self.by_whom)
        return _("Extended through %(day)s.") % {"day": date_format(asked["last_day"], "DATE_FORMAT")}


class ConfirmInTime(ActForm):
    """The order, or the application for it, that an emergency limit waits for."""

    confirmed_at = forms.DateTimeField(
        label=gettext_lazy("When it was made"), help_text=gettext_lazy("Your time, such as 2026-11-30 14:20.")
    )

    def suggested(self) -> dict[str, Any]:
        return {"confirmed_at": self.now.astimezone(settings.WRITDESK.receiving_zone)}

    def perform(self) -> str | Promise:
        events.record_confirmed_in_time(
            rule=self.subject.rule, confirmed_at=self.cleaned_data["confirmed_at"], **self.who
        )
        return _("It came in time: this limit no longer applies.")


class ChangeReturnDate(ActForm):
    return_date = day_field(gettext_lazy("Return date, as the agency granted or set it"))

    def suggested(self) -> dict[str, Any]:
        return {"return_date": self.case.return_date}

    def perform(self) -> str | Promise:
        amendments.change_return_date(return_date=self.cleaned_data["return_date"], **self.who)
        return _("The return date is changed; its clock begins anew.")


class AuthorityNotified(ActForm):
    def perform(self) -> str | Promise:
        events.record_authority_notified(**self.who)
        return _("On record: nothing may be produced before the end of its time, unless the authority confirms.")
