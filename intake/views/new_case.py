"""The page on which an analyst enters what came another way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import reader, role_required
from accounts.models import Role
from cases.models import Case
from cases.states import Channel
from intake.actions.submissions import Taken, take_in
from intake.forms.new_case import NewCaseForm


@role_required(Role.ANALYST)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take a request in from an analyst's hand, and open its case."""
    now, user = timezone.now(), reader(request)
    form = NewCaseForm(request.POST or None, request.FILES or None, now=now)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intake/add.html", {"form": form})
    said = form.cleaned_data
    taken = take_in(
        form.claim(),
        documents=said["documents"],
        channel=Channel(said["channel"]),
        received_at=said["received_at"],
        now=now,
        by=user,
        domain_registered=said["domain_registered"],
    )
    visible = Case.objects.visible_to(user)
    if not visible.filter(pk=taken.case.pk).exists():
        messages.success(request, _("The request is kept. Only the people of its compartment can see it from now on."))
        return redirect("cases:queue")
    _say_what_it_concerns(request, taken, visible.filter(pk__in=[match.case_id for match in taken.concerns]).count())
    return redirect(taken.case.get_absolute_url())


def _say_what_it_concerns(request: HttpRequest, taken: Taken, known: int) -> None:
    messages.success(request, _("The case %(reference)s is open.") % {"reference": taken.case.reference})
    if known:
        words = ngettext(
            "It may concern %d case that we have. Its notices wait until someone has looked.",
            "It may concern %d cases that we have. Their notices wait until someone has looked.",
            known,
        )
        messages.warning(request, words % known)
