"""What is known of one order not to tell: its facts, its history, who else knows, and what comes next."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import NondisclosureOrder
from cases.queries.case_page import CasePage
from cases.queries.marks import marked
from cases.rules.judicial_review import Review, judicial_review
from cases.rules.nondisclosure import BASES, review_due
from cases.views.words import customer_words, day_words

TOLD_SHOWN = 20


def facts(page: CasePage, order: NondisclosureOrder) -> list[tuple[str, str]]:
    """Return the facts of an order; empty ones are not drawn."""
    told = [customer_words(page.customers.get(duty.customer_id or 0)) for duty in page.duties if duty.told_before]
    return [
        (_("Basis"), _basis(order)),
        (_("Provision"), order.provision),
        (_("Court"), order.court),
        (_("Covers"), _("every target") if order.covers_all else _("the targets it names")),
        (_("End"), "" if order.last_day or order.is_indefinite else _("not known: it counts as in force")),
        (_("History"), "; ".join(history(page, order))),
        (_("Looked at again on"), day_words(order.review_date)),
        (_("Review by a court"), _review_words(page, order)),
        (_("Told before"), ", ".join(told[:TOLD_SHOWN])),
        (_("Also knows"), "; ".join(_briefed(page, order))),
        (_("Recorded by"), page.people.get(order.recorded_by_id or 0, _("the system, by law"))),
    ]


def history(page: CasePage, order: NondisclosureOrder) -> Iterator[str]:
    """Yield what was decided on an order after it was recorded: extensions in time and too late, and reviews."""
    for one in page.extensions:
        if one.order_id == order.pk:
            words = {"day": day_words(one.last_day), "decided": day_words(one.decided_date)}
            if one.in_time:
                yield _("extended to %(day)s, decided on %(decided)s") % words
            else:
                yield _("extension to %(day)s, decided on %(decided)s, came too late and moved nothing") % words
    for review in page.reviews:
        if review.order_id == order.pk:
            yield _("looked at on %(day)s: %(finding)s") % {
                "day": day_words(review.reviewed_date),
                "finding": review.finding,
            }


def next_thing(page: CasePage, order: NondisclosureOrder) -> str:
    """Return the sentence that says what a person has to do about an order in force; empty when nothing."""
    found = _review(page, order)
    if found and found.state == "to_ask":
        return _("Next: invoke judicial review of this gag (%(source)s).") % {"source": found.source}
    if found and found.state == "government_silent":
        return _("The Government did not apply in its time (%(source)s): ask it, or the court, to end the gag.") % {
            "source": found.source
        }
    if review_due(order.review_date, ends=bool(order.last_day), today=page.dossier.today):
        return _("This order has no end and was to be looked at again on %(day)s.") % {
            "day": day_words(order.review_date)
        }
    return ""


def acts(page: CasePage, order: NondisclosureOrder) -> Iterator[str]:
    """Yield the names of what can be done about an order in force, besides extending, lifting and challenging it."""
    found = _review(page, order)
    if found and found.state == "to_ask":
        yield "ask-review"
    if found and found.state in ("government_to_apply", "government_silent"):
        yield "government-applied"
    if not order.last_day:
        yield "review-order"
    yield "brief"


def _basis(order: NondisclosureOrder) -> str:
    if order.basis not in BASES:
        return order.basis
    found = BASES[order.basis]
    return marked(_(found.title), is_verified=found.verified)


def _review(page: CasePage, order: NondisclosureOrder) -> Review | None:
    if order.basis not in BASES:
        return None
    return judicial_review(
        order.basis,
        asked_on=_local(order.review_asked_at),
        apply_until=_apply_until(page, order),
        applied_on=_local(order.government_applied_at),
        today=page.dossier.today,
    )


def _apply_until(page: CasePage, order: NondisclosureOrder) -> date | None:
    """Return the last day on which the Government may apply: the clock counts to the midnight after it."""
    rule = BASES[order.basis].review_clock
    running = (clock for clock in page.dossier.clocks if clock.rule == rule and clock.event_at == order.review_asked_at)
    due_at = next((clock.due_at for clock in running if clock.due_at), None)
    return _local(due_at - datetime.resolution) if due_at else None


def _review_words(page: CasePage, order: NondisclosureOrder) -> str:
    found = _review(page, order)
    if found is None or order.review_asked_at is None:
        return ""
    asked = {"asked": day_words(_local(order.review_asked_at)), "source": found.source}
    if order.government_applied_at:
        applied = day_words(_local(order.government_applied_at))
        words = _("asked for on %(asked)s; the Government applied on %(applied)s") % (asked | {"applied": applied})
    else:
        until = day_words(_apply_until(page, order))
        words = _("asked for on %(asked)s; the Government applies by %(until)s, %(source)s") % (
            asked | {"until": until}
        )
    return _("%(words)s. The gag stays in force meanwhile") % {"words": words}


def _briefed(page: CasePage, order: NondisclosureOrder) -> Iterator[str]:
    for one in page.briefings:
        if one.order_id == order.pk:
            yield _("%(person)s (%(capacity)s: %(reason)s), told on %(day)s by %(by)s, who explained the duty") % {
                "person": one.person,
                "capacity": one.get_capacity_display(),
                "reason": one.reason,
                "day": day_words(_local(one.briefed_at)),
                "by": page.people.get(one.briefed_by_id, ""),
            }


def _local(at: datetime | None) -> date | None:
    return at.astimezone(settings.WRITDESK.receiving_zone).date() if at else None
