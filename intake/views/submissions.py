"""The page that shows what arrived for a case, as it arrived."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.access import note_look, note_refusal
from cases.views.opening import on_record
from intake.queries.submissions import arrival

BECAUSE = {
    "reference": _("our reference is named"),
    "agency_reference": _("the agency’s reference is the same"),
    "target": _("a target is the same, from a verified agency"),
}


@on_record(lambda _asked: "submission")
@role_required(Role.ANALYST, Role.COUNSEL, Role.AUDITOR)
@require_safe
def submission(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the sender put into the form, and the cases that it may concern."""
    user, now = reader(request), timezone.now()
    found = arrival(user, reference)
    if found is None:
        note_refusal(reference, "submission", by=user, now=now)
        raise Http404
    note_look(found.case, "submission", by=user, now=now)
    concerns = [(hold, BECAUSE.get(hold.because, hold.because)) for hold in found.concerns]
    return render(request, "intake/submission.html", {"arrival": found, "concerns": concerns})
