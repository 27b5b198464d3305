"""One thing done to several cases of the queue."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.actions.access import note_refusal
from cases.actions.changing import CaseNotFound, Refused
from cases.actions.compartments import assign
from cases.forms.bulk import AssignForm
from cases.models import Case
from cases.queries.queue import PER_PAGE
from cases.references import PATTERN


@role_required(Role.ANALYST, Role.COUNSEL)
@require_POST
def assign_selected(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases to someone: at once to oneself or to no one, after one more question to a colleague."""
    references = [one for one in request.POST.getlist("case") if re.match(PATTERN, one)][:PER_PAGE]
    back = _back(request)
    if not references:
        messages.warning(request, _("Tick at least one case first."))
        return redirect(back)
    to = request.POST.get("to", "")
    if to in ("me", "none"):
        _assign(request, references, reader(request) if to == "me" else None)
        return redirect(back)
    form = AssignForm(request.POST if to == "colleague" else None)
    if form.is_valid():
        _assign(request, references, form.cleaned_data["assignee"])
        return redirect(back)
    return render(request, "cases/assign.html", {"form": form, "references": references, "back": back})


def _assign(request: HttpRequest, references: list[str], assignee: User | None) -> None:
    user, now = reader(request), timezone.now()
    known = dict(Case.objects.visible_to(user).filter(reference__in=references).values_list("reference", "pk"))
    done = 0
    for reference in references:
        try:
            if reference not in known:
                note_refusal(reference, "assign", by=user, now=now)
                raise CaseNotFound
            assign(case_id=known[reference], assignee=assignee, by=user, now=now)
            done += 1
        except (Refused, CaseNotFound) as refusal:
            messages.error(request, f"{reference}: {refusal}")
    if done:
        messages.success(
            request, ngettext("%(total)d case assigned.", "%(total)d cases assigned.", done) % {"total": done}
        )


def _back(request: HttpRequest) -> str:
    """The page of the queue that the person came from."""
    back = request.POST.get("back") or ""
    return back if back.startswith("/?") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/"
