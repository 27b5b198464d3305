"""The queue: what is due first."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.access import reader, role_required
from accounts.models import User
from cases.forms.queue import QueueFilters, query_of
from cases.models.case import READERS
from cases.queries import inbox, needs, queue
from cases.queries.counting import capped, figure
from cases.queries.queue import Place
from cases.queries.selection import Selection
from cases.references import PATTERN
from cases.views.queue_rows import grouped

# The tabs above the queue; the last ones count what somebody must act on today.
VIEWS: dict[str, tuple[str | Promise, Selection]] = {
    "open": (gettext_lazy("All open"), Selection()),
    "soon": (gettext_lazy("Due in 24 h"), Selection(due="soon")),
    "unverified": (gettext_lazy("Agency to verify"), Selection(flag="unverified")),
    "emergency": (gettext_lazy("Emergencies"), Selection(flag="emergency")),
    "mine": (gettext_lazy("Mine"), Selection(assignee="mine")),
    "asked": (gettext_lazy("Waiting for agency"), Selection(state="awaiting_agency")),
}
HOT = ("soon", "emergency")
KEYS = [("j k", gettext_lazy("move")), ("Enter", gettext_lazy("open")), ("x", gettext_lazy("select"))]
KEYS += [("a", gettext_lazy("assign to me")), ("/", gettext_lazy("search"))]


@role_required()
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the queue; to people whose role has no part in cases, where their own pages are."""
    user, now = reader(request), timezone.now()
    if not user.has_role(*READERS):
        return render(request, "cases/no_cases.html", status=403)
    filters = QueueFilters(request.GET)
    selection = filters.selection()
    shown = queue.page(user, selection, _place(request), now=now)
    counts = queue.counts(user, {name: wanted for name, (_label, wanted) in VIEWS.items()}, now=now)
    context = {
        "now": now,
        "filter_form": filters,
        "groups": grouped(shown.cases, now),
        "views": [_view(name, selection, counts[name]) for name in VIEWS],
        "summary": _summary(counts),
        "needs": _needs(user, selection, now),
        "chips": list(_chips(filters, selection, shown.cases)),
        "links": _links(shown, selection),
        "export_url": _address("cases:export", selection),
        "keys": KEYS,
        "is_filtered": selection != Selection(),
        "may_assign": user.has_role("analyst", "counsel"),
        "rail_counts": rail_counts(user, counts["open"]),
    }
    return render(request, "cases/queue.html", context)


def rail_counts(user: User, number_open: int) -> dict[str, str]:
    """Return the figures beside the main menu."""
    waiting = inbox.number_waiting(user)
    return {"cases:queue": figure(number_open), **({"cases:approvals!": figure(waiting)} if waiting else {})}


def _place(request: HttpRequest) -> Place:
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    return Place(
        after=after if re.match(PATTERN, after) else "",
        before=before if re.match(PATTERN, before) else "",
        is_last="last" in request.GET,
    )


def _view(name: str, selection: Selection, count: int) -> dict[str, Any]:
    label, wanted = VIEWS[name]
    return {
        "label": label,
        "url": _address("cases:queue", wanted),
        "is_current": wanted == selection,
        "count": figure(count),
        "is_hot": name in HOT and bool(count),
    }


def _summary(counts: dict[str, int]) -> str:
    if not counts["open"]:
        return _("No case is open.")
    return ngettext(
        "%(open)s open case, %(soon)s late or due in 24 hours.",
        "%(open)s open cases, %(soon)s of them late or due in 24 hours.",
        counts["open"],
    ) % {"open": figure(counts["open"]), "soon": figure(counts["soon"]) if counts["soon"] else _("none")}


def _needs(user: User, selection: Selection, now: datetime) -> list[dict[str, Any]]:
    """What only a person can settle; kinds without a case are left out."""
    return [
        {
            "label": needs.NEEDS[code].label,
            "icon": needs.NEEDS[code].icon,
            "count": figure(count),
            "url": _address("cases:queue", Selection(state="any", needs=code)),
            "is_current": selection.needs == code,
        }
        for code, count in capped(needs.waiting(user, now=now)).items()
        if count
    ]


def _chips(filters: QueueFilters, selection: Selection, cases: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield what filters the queue, in words, with the address that it would have without."""
    for name, empty in vars(Selection()).items():
        value = getattr(selection, name)
        if value != empty:
            yield _chip_words(filters, name, value, cases), _address("cases:queue", replace(selection, **{name: empty}))


def _chip_words(filters: QueueFilters, name: str, value: Any, cases: list[Any]) -> str:
    if name == "text":
        return f"“{value}”"
    if name == "agency":
        return str(cases[0].agency.name) if cases else _("One agency")
    field: Any = filters.fields[name]
    words = str(dict(field.choices).get(value, value))
    return f"{_('Assignee')}: {words}" if name == "assignee" else words


def _links(shown: queue.Page, selection: Selection) -> dict[str, str]:
    """Return the addresses of the pages around this one; empty where there is none."""
    if not shown.cases:
        return {}
    first, last = shown.cases[0].reference, shown.cases[-1].reference
    return {
        "first": _address("cases:queue", selection) if shown.has_previous else "",
        "previous": _address("cases:queue", selection, before=first) if shown.has_previous else "",
        "next": _address("cases:queue", selection, after=last) if shown.has_next else "",
        "last": _address("cases:queue", selection, last="1") if shown.has_next else "",
    }


def _address(page_name: str, selection: Selection, **place: str) -> str:
    query = urlencode({**query_of(selection), **place})
    return f"{reverse(page_name)}?{query}" if query else reverse(page_name)
