"""What forbids telling the customers: orders with their countdown, and what arrived and may be one."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.fraud import FORGED
from cases.models import NondisclosureOrder
from cases.queries.case_page import CasePage
from cases.queries.marks import marked
from cases.rules.nondisclosure import (
    UNTIL_LIFTED,
    bases_that_would_bind,
    basis,
    delayed_notice_date,
    earliest_notice_at,
    ends_at,
    last_silent_day,
)
from cases.states import OPEN
from cases.views.panels import orders
from cases.views.panels.entries import Entry, links
from cases.views.words import day_words, row_words


def in_force(user: User, page: CasePage) -> list[dict[str, Any]]:
    """Return the orders that bind now, as components/nondisclosure.html shows them."""
    return [_panel(user, page, order, number) for order, number in _numbered(page) if order.in_force(page.dossier.now)]


def others(page: CasePage) -> list[Entry]:
    """Return the orders that bind no more, or not yet."""
    return [
        Entry(
            title=row_words(order),
            mark=("good", _("Lifted"), "check") if order.lifted_at else ("", _("Not in force"), "minus"),
            lines=[_period(order), *orders.history(page, order), *_lifted(order)],
        )
        for order, _number in _numbered(page)
        if not order.in_force(page.dossier.now)
    ]


def merely_asked(page: CasePage) -> list[Entry]:
    """Return why a sentence that asks us not to tell forbids nothing, and what would, while no order binds."""
    if not page.case.silence_asked or any(order.in_force(page.dossier.now) for order in page.dossier.orders):
        return []
    found = basis("bare_request")
    would = ", ".join(
        marked(_(one.title), is_verified=one.verified) for one in bases_that_would_bind(page.case.agency_country)
    )
    return [
        Entry(
            title=_("The paper asks us not to tell the customer. It forbids nothing."),
            mark=("info", _("No order"), "info"),
            lines=[
                _("Only a court can command it; a sentence in the paper does not. The customer is told as usual."),
                _("What would bind us: %(bases)s.") % {"bases": would},
            ],
            rule=(found.cite, _(found.note)),
        )
    ]


def arrived(user: User, page: CasePage) -> list[Entry]:
    """Return what arrived, may concern this case and was not looked at: it holds every notice."""
    return [
        Entry(
            title=_("Something arrived: %(why)s") % {"why": row_words(hold)},
            mark=("bad", _("Holds every notice"), "lock"),
            since_at=hold.created_at,
            links=links(user, page.case, number, "look-at-hold"),
        )
        for number, hold in enumerate(page.holds, start=1)
        if hold.looked_at is None
    ]


def _numbered(page: CasePage) -> list[tuple[NondisclosureOrder, int]]:
    """Return the orders with their places in the case, counted from 1 by their keys."""
    by_key = sorted(page.dossier.orders, key=lambda order: order.pk)
    return [(order, number) for number, order in enumerate(by_key, start=1)]


def _panel(user: User, page: CasePage, order: NondisclosureOrder, number: int) -> dict[str, Any]:
    now, case = page.dossier.now, page.case
    today = now.astimezone(order.rule.zone).date()
    ends = order.last_day
    return {
        "name": f"order-{number}",
        "starts_date": order.first_day,
        "ends_date": ends,
        "days_left": (ends - today).days + 1 if ends else None,
        "percent_gone": 100 * (today - order.first_day).days / max(1, (ends - order.first_day).days) if ends else 0,
        "facts": orders.facts(page, order),
        "next": orders.next_thing(page, order),
        "after": _after(page),
        "acts": links(user, case, number, *_ACTS, *orders.acts(page, order)),
    }


def _after(page: CasePage) -> str:
    """Return when the notices held back go out: after the last of all the orders."""
    if page.case.state in OPEN:
        return _("The notices that are held back go out by themselves when the silence ends.")
    rules = [order.rule for order in page.dossier.orders]
    free_at = earliest_notice_at(page.dossier.now, rules)
    if free_at == UNTIL_LIFTED:
        return _("The notices that are held back go out by themselves on the working day after the silence ends.")
    zone = next(order.zone for order in rules if ends_at(order) == free_at)
    day = delayed_notice_date(last_silent_day(free_at, zone), settings.WRITDESK.receiving_country)
    return _("The notices that are held back go out by themselves on %(day)s, a working day after the silence.") % {
        "day": day_words(day)
    }


_ACTS = ("extend-order", "lift-order", "challenge-order")


def _lifted(order: NondisclosureOrder) -> Iterator[str]:
    if order.lifted_at:
        day = day_words(order.lifted_at.astimezone(order.rule.zone).date())
        why = _("its request was forged.") if order.lifted_reason == FORGED else order.lifted_reason
        yield _("Lifted on %(day)s: %(why)s") % {"day": day, "why": why or _("no reason is on record.")}


def _period(order: NondisclosureOrder) -> str:
    unknown = _("without end") if order.is_indefinite else _("no end known")
    last = date_format(order.last_day, "DATE_FORMAT") if order.last_day else unknown
    return f"{date_format(order.first_day, 'DATE_FORMAT')} – {last}"
