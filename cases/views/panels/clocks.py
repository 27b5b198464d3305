"""The clocks of a case, each with its rule, how it was counted, who moved it and why, and another way to count."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.events import EXTENDABLE
from cases.models import Clock, ClockChange
from cases.queries.case_page import CasePage
from cases.rules.clocks import CLOCKS
from cases.states import ClockState
from cases.views.panels.entries import Entry, Mark, links
from cases.views.words import change_words, clock_words

STANDING = (ClockState.RUNNING, ClockState.PAUSED)


def clocks(user: User, page: CasePage) -> list[Entry]:
    """Return the clocks, running ones first."""
    by_key = sorted(page.dossier.clocks, key=lambda clock: clock.pk)
    numbers = {clock.pk: number for number, clock in enumerate(by_key, start=1)}
    ordered = sorted(page.dossier.clocks, key=lambda clock: clock.state not in STANDING)
    return [
        Entry(
            title=clock_words(clock.rule),
            mark=_mark(clock),
            due_at=clock.due_at if clock.state == ClockState.RUNNING else None,
            since_at=clock.event_at,
            lines=list(_lines(page, clock)),
            rule=(clock.source, "") if clock.source else None,
            is_unverified=clock.rule in CLOCKS and not CLOCKS[clock.rule].verified,
            steps=list(clock.steps),
            links=links(user, page.case, numbers[clock.pk], *_acts(clock)),
        )
        for clock in ordered
        if clock.state != ClockState.VOID
    ]


def _lines(page: CasePage, clock: Clock) -> Iterator[str]:
    if clock.state in STANDING:
        yield from (line for line in (clock.explanation, clock.alternative) if line)
    for change in page.clock_changes:
        if change.clock_id == clock.pk:
            yield _change(page, change)


def _change(page: CasePage, change: ClockChange) -> str:
    return _("%(what)s on %(day)s by %(who)s: %(why)s") % {
        "what": _("Extended through %(day)s") % {"day": date_format(change.until_date, "DATE_FORMAT")}
        if change.until_date
        else change.get_kind_display(),
        "day": date_format(timezone.localtime(change.at), "DATE_FORMAT"),
        "who": page.people.get(change.changed_by_id or 0, _("the system")),
        "why": change_words(change.reason),
    }


def _acts(clock: Clock) -> Iterator[str]:
    if clock.ends_delivery:
        if clock.rule not in EXTENDABLE:
            yield "confirm-in-time"
    elif clock.state == ClockState.RUNNING:
        yield "suspend-clock"
        if clock.rule not in CLOCKS or CLOCKS[clock.rule].extension is None:
            yield "extend-clock"
    elif clock.state == ClockState.PAUSED:
        yield "resume-clock"


def _mark(clock: Clock) -> Mark | None:
    return {
        ClockState.PAUSED: ("warn", _("Stands still"), "clock"),
        ClockState.MET: ("good", _("Met"), "check"),
        ClockState.OVER: ("", _over(clock.rule), "minus"),
    }.get(ClockState(clock.state))


def _over(rule: str) -> str:
    """Return what it means that the time is over; what is to be done then a person does."""
    return {
        "exempt": _("Over: no longer bound; release the data by hand"),
        "ask_again": _("Over: ask again, or go on"),
        "authority_silent": _("Over: the authority was silent"),
        "stop_delivery": _("Over: delivery stopped"),
    }.get(CLOCKS[rule].action_when_over if rule in CLOCKS else "", _("Over"))
