"""What the case owes its customers, and what they said to it."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import NoticeDuty, Objection
from cases.queries.case_page import CasePage
from cases.states import DutyState, ObjectionState
from cases.views.panels.entries import Entry, Mark, links
from cases.views.words import basis_words, customer_words, day_words
from ledger.sentences import end_words


def notices(user: User, page: CasePage) -> list[Entry]:
    """Return the first duties of the case, each with why nothing leaves or until when the customer may object."""
    return [
        Entry(
            title=f"{duty.get_kind_display()}: {customer_words(page.customers.get(duty.customer_id or 0))}",
            mark=_mark(duty),
            lines=list(_lines(page, duty)),
            links=links(user, page.case, number, *_acts(page, duty)) if page.case.is_open else [],
        )
        for number, duty in enumerate(page.duties, start=1)
    ]


def _mark(duty: NoticeDuty) -> Mark:
    if duty.uncertain_at and duty.posted_on:
        return "info", _("Posted"), "clock"
    if duty.uncertain_at:
        return "bad", _("Perhaps told"), "fraud"
    kinds = {
        DutyState.DELIVERED: ("good", "check"),
        DutyState.FAILED: ("bad", "fraud"),
        DutyState.WITHHELD: ("warn", "lock"),
        DutyState.PENDING: ("info", "clock"),
    }
    kind, icon = kinds.get(DutyState(duty.state), ("", "minus"))
    return kind, duty.get_state_display(), icon


def _lines(page: CasePage, duty: NoticeDuty) -> Iterator[str | Promise]:
    if duty.basis:
        yield basis_words(duty.basis)
    if duty.reason:
        yield duty.reason
    if duty.state == DutyState.WITHHELD and duty.withheld_until:
        yield _("Put off until %(until)s; then it leaves by itself.") % {"until": end_words(duty.withheld_until)}
    if duty.waived_at:
        yield _("The customer gave up the rest of the window.")
    elif duty.window_ends_at:
        yield _("The customer may object until %(until)s.") % {"until": end_words(duty.window_ends_at)}
    if duty.uncertain_at and duty.posted_on:
        yield _("Posted on %(day)s. It counts as delivered %(days)d days later.") % {
            "day": day_words(duty.posted_on),
            "days": settings.WRITDESK.posted_days,
        }
    elif duty.uncertain_at:
        yield _("An attempt has no outcome. It is never sent again blindly, nor counted as delivered.")
    if duty.state == DutyState.PENDING and duty.due_at is None:
        at_effect = page.case.instrument.tells_at_effect
        yield _("Due in the moment in which effect is given.") if at_effect else _("Not due yet.")


def _acts(page: CasePage, duty: NoticeDuty) -> Iterator[str]:
    if duty.state == DutyState.FAILED:
        yield "try-again"
    if duty.state in (DutyState.PENDING, DutyState.FAILED):
        yield "withhold"
    if duty.window_ends_at and page.dossier.now < duty.window_ends_at and not duty.waived_at:
        yield "shorten-window"


def _spoken_for(objection: Objection) -> str:
    return _("Lawyer: %(lawyer)s") % {"lawyer": objection.lawyer} if objection.lawyer else ""


def objections(user: User, page: CasePage) -> list[Entry]:
    """Return the customers' objections."""
    found = []
    for number, objection in enumerate(sorted(page.dossier.objections, key=lambda one: one.pk), start=1):
        is_open = objection.state == ObjectionState.OPEN
        due = objection.proof_due_at if is_open and not objection.proof_shown_at else None
        acts = ["show-proof"] if objection.proof_asked_at else ["ask-proof"]
        found.append(
            Entry(
                title=_("Objection"),
                mark=("info" if is_open else "", objection.get_state_display(), "object"),
                lines=[line for line in (objection.text, _spoken_for(objection), objection.decision) if line],
                due_at=due,
                since_at=objection.proof_asked_at or objection.received_at,
                links=links(user, page.case, number, *acts, "court-decision", "decide-objection") if is_open else [],
            )
        )
    return found
