"""The inbox: what a member of staff was told, and how each wants to be told."""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import reader, role_required
from accounts.models import Role, User
from cases.models.case import READERS
from cases.references import PATTERN
from cases.views.opening import on_record, opened
from notifications.actions import inbox as actions
from notifications.actions import preferences as saving
from notifications.alerts import queries
from notifications.alerts.forms import InboxFilters, PreferencesForm
from notifications.alerts.kinds import POLICIES, AlertKind
from notifications.alerts.places import place_of
from notifications.alerts.preferences import preferences_of
from notifications.rules.circles import Circle

PER_PAGE = 50
MOST_MARKED = 200
TABS = {"": gettext_lazy("Open"), "taken": gettext_lazy("Taken"), "resolved": gettext_lazy("Done")}
NAME = re.compile(rf"({PATTERN.strip('^$')}|):([1-9]\d{{0,8}})")


@role_required(*Role)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List what this person was told: open, taken by somebody, or done in the last two weeks."""
    user, now = reader(request), timezone.now()
    filters = InboxFilters(request.GET)
    tab, kind = request.GET.get("show", ""), filters.asked()
    tab = tab if tab in TABS else ""
    page = Paginator(queries.inbox(user, tab, kind, now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(alert) for alert in page],
        "views": [_view(name, tab, kind) for name in TABS],
        "tab": tab,
        "kind": kind,
        "filter_form": filters,
        "hidden": [("show", tab)] if tab else [],
        "now": now,
    }
    return render(request, "inbox/inbox.html", context)


def _view(name: str, tab: str, kind: str) -> dict[str, Any]:
    asked = [f"{key}={value}" for key, value in (("show", name), ("kind", kind)) if value]
    return {"label": TABS[name], "url": "?" + "&".join(asked), "is_current": name == tab, "count": None}


def _row(alert: Any) -> dict[str, Any]:
    """Return an alert as the list draws it; `opens`: whether this person has a page to deal with it on."""
    return {
        "alert": alert,
        "name": f"{alert.case.reference if alert.case else ''}:{alert.number}",
        "icon": POLICIES[AlertKind(alert.kind)].icon,
        "opens": alert.case is not None and alert.told_as != Circle.ADMINISTRATORS,
        "due_at": alert.due_at if alert.told_as != Circle.ADMINISTRATORS else None,
        "is_new": alert.seen_at is None,
    }


@on_record(lambda _asked: "alert")
@role_required(*READERS)
@require_safe
def alert(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Lead to the page where an alert is dealt with; who opens it has seen it."""
    user = reader(request)
    opened(user, reference, "alert")
    found = queries.named(user, reference, number)
    if found is None:
        raise Http404
    if request.method == "GET":
        actions.see(alerts=[found.pk], by=user, now=timezone.now())
    return redirect(place_of(found))


@role_required(*Role)
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark the chosen alerts as seen, take them, or give them back. What is not this person's is passed over."""
    user, now = reader(request), timezone.now()
    chosen = queries.chosen(user, _names(request.POST.getlist("alert")[:MOST_MARKED]))
    match request.POST.get("do"):
        case "take":
            done = actions.take(alerts=chosen, by=user, now=now)
            words = ngettext("You took %(count)d alert.", "You took %(count)d alerts.", done)
        case "give-back":
            done = actions.give_back(alerts=chosen, by=user, now=now)
            words = ngettext("You gave %(count)d alert back.", "You gave %(count)d alerts back.", done)
        case _:
            done = actions.see(alerts=chosen, by=user, now=now)
            words = ngettext("You have seen %(count)d alert more.", "You have seen %(count)d alerts more.", done)
    if chosen:
        messages.success(request, words % {"count": done})
    else:
        messages.error(request, _("Choose an alert first."))
    back, inbox_url = request.POST.get("back", ""), reverse("notifications:inbox")
    return redirect(back if back.startswith(f"{inbox_url}?") else inbox_url)


def _names(typed: list[str]) -> set[tuple[str, int]]:
    """Return the references and places by which alerts were named; what is none is left out."""
    return {(parts[1], int(parts[2])) for parts in map(NAME.fullmatch, typed) if parts}


@role_required(*Role)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Let people choose when they get mail, say when they are away, and who stands in."""
    user, now = reader(request), timezone.now()
    form = PreferencesForm(request.POST or None, instance=preferences_of(user), user=user, now=now)
    if request.method == "POST" and form.is_valid():
        saving.save_preferences(form.save(commit=False), by=user, now=now)
        messages.success(request, _("Saved."))
        return redirect("notifications:inbox_settings")
    return _settings(request, user, form)


@role_required(*READERS)
@require_POST
@sensitive_variables("address")
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make a new address for the private calendar, and show it this once."""
    user, now = reader(request), timezone.now()
    address = saving.make_feed(by=user, now=now)
    form = PreferencesForm(instance=preferences_of(user), user=user, now=now)
    return _settings(request, user, form, address)


@role_required(*READERS)
@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """Close the private calendar."""
    saving.end_feed(by=reader(request), now=timezone.now())
    messages.success(request, _("The address of your calendar leads nowhere from now on."))
    return redirect("notifications:inbox_settings")


def _settings(request: HttpRequest, user: User, form: PreferencesForm, address: str = "") -> HttpResponse:
    context = {
        "form": form,
        "address": address,
        "has_feed": bool(form.instance.feed_hash),
        "may_have_feed": user.has_role(*READERS),
    }
    return render(request, "inbox/settings.html", context, status=422 if form.is_bound and form.errors else 200)
