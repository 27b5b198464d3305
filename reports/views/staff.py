"""The pages on which reports are prepared, compared and published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import reader, role_required
from accounts.models import Role
from reports import actions, previews, queries, tasks
from reports.comparing import differences
from reports.forms import OpenPeriodForm, PublishForm
from reports.page import Page
from reports.rules.lines import DoesNotAddUp
from reports.rules.periods import BadPeriod, period

READERS = (Role.PUBLISHER, Role.COUNSEL, Role.AUDITOR)


@role_required(*READERS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List what is published; publishers also find the periods that are over and not published."""
    form = OpenPeriodForm(request.GET if "period" in request.GET else None)
    is_publisher = reader(request).has_role(Role.PUBLISHER)
    if is_publisher and form.is_valid():
        try:
            return redirect("reports:preview", label=period(form.cleaned_data["period"].strip()).label)
        except BadPeriod as wrong:
            form.add_error("period", str(wrong))
    context = {
        "published": queries.published().select_related("published_by"),
        "unpublished": previews.offered(timezone.now()) if is_publisher else [],
        "form": form if is_publisher else None,
    }
    return render(request, "reports/list.html", context)


@role_required(Role.PUBLISHER)
@require_safe
def preview(request: HttpRequest, label: str) -> HttpResponse:
    """Show a period that is over as it would be published now, beside the last period and the last revision."""
    return _preview(request, label, form=None)


@role_required(Role.PUBLISHER)
@require_POST
def count_again(request: HttpRequest, label: str) -> HttpResponse:
    """Let a worker count the period."""
    try:
        with transaction.atomic():
            actions.ask_for_draft(period(label), by=reader(request), now=timezone.now())
            transaction.on_commit(lambda: tasks.build_report.delay(label), robust=True)
    except actions.Refused as refused:
        raise PermissionDenied(str(refused)) from None
    return redirect("reports:preview", label=label)


@role_required(Role.PUBLISHER)
@require_safe
def draft(request: HttpRequest, label: str) -> HttpResponse:
    """Show how far the worker is: a part of the preview's page that asks again until the worker is done."""
    return render(request, "reports/_draft.html", {"draft": queries.draft(label), "label": label})


@role_required(Role.PUBLISHER)
@require_http_methods(["POST"])
def publish(request: HttpRequest, label: str) -> HttpResponse:
    """Publish the figures that the publisher looked at."""
    form = PublishForm(request.POST, revision=queries.next_revision(label))
    if not form.is_valid():
        return _preview(request, label, form=form)
    try:
        report = actions.publish(
            period(label),
            by=reader(request),
            now=timezone.now(),
            note=form.cleaned_data["note"],
            seen=request.POST.get("seen", ""),
        )
    except (actions.Refused, DoesNotAddUp) as refused:
        form.add_error(None, str(refused))
        return _preview(request, label, form=form)
    messages.success(request, _("%(report)s is published.") % {"report": report})
    return redirect("reports:revision", label=label, revision=report.revision)


@role_required(*READERS)
@require_safe
def revision(request: HttpRequest, label: str, revision: int) -> HttpResponse:
    """Show one published revision: what it changed, and whether the ledger still gives its figures."""
    shown = queries.revisions(label).filter(revision=revision).select_related("published_by").first()
    if shown is None:
        raise Http404
    before = queries.revisions(label).filter(revision=revision - 1).first()
    context = {
        "page": Page(shown.figures),
        "shown": shown,
        "changed": differences(before.figures, shown.figures) if before else [],
        "recount": previews.recount(shown) if "recount" in request.GET else None,
    }
    return render(request, "reports/revision.html", context)


def _preview(request: HttpRequest, label: str, *, form: PublishForm | None) -> HttpResponse:
    """Show the preview; after a refused try with figures counted afresh, so that the next try publishes these."""
    try:
        shown = previews.preview(period(label), reader=reader(request), now=timezone.now(), fresh=form is not None)
    except actions.NotOver as refused:
        raise PermissionDenied(str(refused)) from None
    except DoesNotAddUp as wrong:
        return render(request, "reports/does_not_add_up.html", {"label": label, "wrong": str(wrong)})
    context = {"shown": shown, "form": form or PublishForm(revision=shown.revision), "label": label}
    return render(request, "reports/preview.html", context, status=422 if form else 200)
