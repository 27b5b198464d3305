"""The facts that mails and the customer's page may state: one function a fact, read from the case, in words.

Called in the customer's language. A fact that a case does not have is None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from cases.actions.windows import window_after
from cases.dossier import ABOUT_TARGETS
from cases.models import Case, Customer, NoticeDuty, Objection
from cases.rules.nondisclosure import ends_at
from cases.states import DutyState, ObjectionState
from notifications import links, orders
from notifications.choice import opens_window, past_order
from notifications.outcomes import result
from notifications.readable import readable_facts
from notifications.targets import accounts, asked_categories
from notifications.wording import (
    ASKED,
    ASKED_OF_PERSON,
    PASSWORD,
    country_words,
    day_words,
    last_day_words,
    order_words,
)

Context = dict[str, object]


class MissingFact(Exception):
    """A fact that a mail must state is missing: it does not leave, a person looks."""


@dataclass(frozen=True)
class Subject:
    """What facts are read from: one customer's duty in a case, at one moment."""

    case: Case
    duty: NoticeDuty
    customer: Customer
    now: datetime
    arrives_at: datetime | None = None  # when what leaves now will count as delivered; None: at once

    @property
    def told_at(self) -> datetime:
        """When the customer will have been told, if what is said now leaves now."""
        return self.arrives_at or self.now

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which dates are said to the customer."""
        return self.customer.zone

    @cached_property
    def categories(self) -> set[str]:
        """The categories of data that are asked of this customer."""
        return asked_categories(self.case, self.duty)


@dataclass(frozen=True)
class Silence:
    """What forbade telling earlier, and the last day on which it did."""

    provision: str
    court: str
    until: str


def state(subject: Subject, needs: frozenset[str], may: frozenset[str] = frozenset()) -> Context:
    """Return the declared facts by name, readable. Raises MissingFact naming those that are needed and not there."""
    context = {name: FACTS[name](subject) for name in needs | may}
    if missing := sorted(name for name in needs if not context[name]):
        raise MissingFact(", ".join(missing))
    return readable_facts(context)


def _page_until(subject: Subject) -> str:
    until = subject.told_at + timedelta(days=settings.WRITDESK.link_days)
    return day_words(until.astimezone(subject.zone).date())


def _agency(subject: Subject) -> str:
    agency = subject.case.agency
    return f"{agency.name} ({country_words(agency.country)})"


def _asked(subject: Subject) -> list[str]:
    return [str(words) for category, words in ASKED.items() if category in subject.categories]


def _asked_of_person(subject: Subject) -> list[str]:
    return [str(words) for category, words in ASKED_OF_PERSON.items() if category in subject.categories]


def _not_asked(subject: Subject) -> list[str] | None:
    if not subject.categories:
        return None
    return [*(str(words) for category, words in ASKED.items() if category not in subject.categories), str(PASSWORD)]


def _window_until(subject: Subject) -> str | None:
    """The last day to object: of the days that run, or of those that a delivery at this moment would open."""
    if subject.duty.delivered_at is None and opens_window(subject.case, subject.duty):
        return last_day_words(_window_if_delivered(subject), subject.zone)
    running = told(subject)
    if running and running.window_ends_at and subject.now < running.window_ends_at and not running.waived_at:
        return last_day_words(running.window_ends_at, subject.zone)
    return None


def _answer_from(subject: Subject) -> str:
    """For a decision: the last day on which nothing leaves yet."""
    return last_day_words(subject.duty.window_ends_at or _window_if_delivered(subject), subject.zone)


def _window_if_delivered(subject: Subject) -> datetime:
    """Return the end of the window that a delivery now opens, by the very function that will open it."""
    as_told = NoticeDuty(customer=subject.customer, kind=subject.duty.kind, delivered_at=subject.told_at)
    window = window_after(subject.case, as_told)
    if window is None:
        raise MissingFact("window")
    return window.ends_at


def _silence(subject: Subject) -> Silence | None:
    order = past_order(subject.case, subject.duty)
    if order is None or order.in_force(subject.now):
        return None
    return Silence(order.provision, order.court, last_day_words(ends_at(order.rule), ZoneInfo(order.zone)))


def _decision(subject: Subject) -> str | None:
    """The reasons of the latest decision on an objection of this customer."""
    decided = Objection.objects.filter(
        duty__case=subject.case, duty__customer=subject.customer, state=ObjectionState.DECIDED
    )
    return decided.order_by("-ended_at").values_list("decision", flat=True).first()


def told(subject: Subject) -> NoticeDuty | None:
    """Return the customer's notice of the request that was delivered, the latest; None before one was."""
    given = subject.case.duties.filter(customer=subject.customer, kind__in=ABOUT_TARGETS, state=DutyState.DELIVERED)
    return given.order_by("-delivered_at").first()


FACTS: dict[str, Callable[[Subject], object]] = {
    "provider": lambda _subject: settings.WRITDESK.provider_name,
    "contact": lambda _subject: settings.WRITDESK.contact_email,
    "reference": lambda subject: subject.case.reference,
    "accounts": lambda subject: accounts(subject.case, subject.duty),
    "page": lambda subject: links.link_for(subject.case, subject.customer, subject.told_at),
    "page_until": _page_until,
    "agency": _agency,
    "order": lambda subject: order_words(subject.case.instrument),
    "law": lambda subject: subject.case.instrument.cite,
    "received_on": lambda subject: day_words(subject.case.received_at.astimezone(subject.zone).date()),
    "asked": _asked,
    "not_asked": _not_asked,
    "window_until": _window_until,
    "answer_from": _answer_from,
    "silence": _silence,
    "result": lambda subject: result(subject.case, subject.duty),
    "keeps": lambda subject: subject.case.instrument.kind == "preservation",
    "asked_of_person": _asked_of_person,
    "decision": _decision,
    "effects": lambda subject: orders.effects(orders.on_theirs(subject.case, subject.duty)),
    "reasons": lambda subject: orders.stated(subject.case, subject.duty, "reasons"),
    "redress": lambda subject: orders.stated(subject.case, subject.duty, "redress"),
    "hit": lambda subject: orders.hit(subject.case, subject.customer),
    "hit_effects": lambda subject: orders.effects(orders.that_hit(subject.case, subject.customer)),
    "is_lifted": lambda subject: orders.is_lifted(orders.that_hit(subject.case, subject.customer)),
}
