"""What an import holds, and its release."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import reader, role_required
from accounts.models import Role
from cases.actions.imports import held_cases, release_held

PER_PAGE = 50


@role_required(Role.ADMINISTRATOR, Role.COUNSEL)
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """List what an import holds; release what is ticked, or all after asking once more."""
    user = reader(request)
    if request.method == "POST" and "ask" in request.POST:
        return render(request, "intake/release_all.html", {"total": held_cases(user).count()})
    if request.method == "POST":
        return _release(request)
    found = held_cases(user).select_related("agency").prefetch_related("orders", "duties")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_read = user.has_role(Role.COUNSEL)
    return render(request, "intake/held.html", {"page": page, "may_read": may_read})


def _release(request: HttpRequest) -> HttpResponse:
    references = None if "all" in request.POST else request.POST.getlist("reference")
    if references == []:
        messages.error(request, _("Tick the cases that you want to release."))
        return redirect("intake:held")
    released = release_held(by=reader(request), now=timezone.now(), references=references)
    words = ngettext("%d case is released.", "%d cases are released.", released) % released
    messages.success(request, words)
    return redirect("intake:held")
