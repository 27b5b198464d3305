"""A reminder to a customer who was told and has not answered: their days to object end soon. No law asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import prefetch_related_objects

from cases.models import Case, NoticeDuty, Objection
from cases.rules.reminders import is_to_be_reminded, reminder_due
from cases.silence import why_silent
from cases.states import DutyState
from notifications import ledger_kinds as kinds
from notifications.choice import opens_window
from notifications.facts import MissingFact
from notifications.languages import language_for
from notifications.locks import locked_duty
from notifications.models import Message
from notifications.rendering import render
from notifications.sheets import Sheet
from notifications.states import Because, Way
from notifications.versions import in_use
from notifications.ways import address_of, ways_to


@dataclass
class ReminderErrand:
    """The notice that was given, of which its customer is reminded. Nothing of it changes by that."""

    duty: NoticeDuty
    travel: ClassVar[kinds.Travel] = kinds.REMINDER

    @classmethod
    def locked(cls, duty_id: int) -> Self | None:
        """Return it under lock, None while anybody else holds its case or the notice."""
        duty = locked_duty(duty_id)
        if duty is None:
            return None
        prefetch_related_objects([duty.case], "orders")
        return cls(duty)

    @classmethod
    def read(cls, duty_id: int) -> Self:
        """Return it for who holds its case's lock."""
        return cls(NoticeDuty.objects.select_related("case__agency", "case__keys", "customer").get(pk=duty_id))

    @property
    def case(self) -> Case:
        return self.duty.case

    @property
    def named(self) -> Mapping[str, int]:
        return {"reminder": self.duty.pk}

    def ways(self) -> tuple[Way, ...]:
        """By post it would come too late to be one."""
        return tuple(way for way in ways_to(self.duty.customer) if way != Way.POST) if self.duty.customer else ()

    def made_of(self) -> tuple[object, ...]:
        customer = self.duty.customer
        whither = customer and (customer.identifier, customer.email, customer.language)
        return self.case.state, self.duty.window_ends_at, whither

    def why_not(self, now: datetime) -> Because | None:
        duty = self.duty
        if duty.state != DutyState.DELIVERED or duty.waived_at or not opens_window(self.case, duty):
            return Because.NOT_PENDING
        if Objection.objects.filter(duty__case=duty.case_id, duty__customer=duty.customer_id).exists():
            return Because.NOT_PENDING
        if not self._is_due(now):
            return Because.NOT_DUE
        if not self.ways():
            return Because.NO_CONTACT
        return Because.SILENT if why_silent(self.case, duty, now) else None

    def _is_due(self, now: datetime) -> bool:
        duty, customer = self.duty, self.duty.customer
        if customer is None or duty.window_starts_at is None or duty.window_ends_at is None:
            return False
        due_at = reminder_due(
            starts_at=duty.window_starts_at,
            ends_at=duty.window_ends_at,
            zone=customer.zone,
            days=settings.WRITDESK.reminder_days,
        )
        return is_to_be_reminded(now, due_at=due_at, ends_at=duty.window_ends_at)

    def address(self, message: Message, way: Way) -> None:
        customer = self.duty.customer
        if customer is None:
            raise MissingFact("customer")
        message.way, message.recipient, message.template = way, address_of(customer, way), "reminder"
        message.language = language_for(customer.language)
        message.wording = in_use(message.template, message.language)

    def compose(self, message: Message, now: datetime) -> EmailMultiAlternatives:
        return render(message, self.case, self.duty, now)

    def sheet(self, message: Message, now: datetime) -> Sheet:  # noqa: ARG002 - by post it would come too late to be one
        raise MissingFact("way")

    def posted(self, message: Message, *, posted_on: date, at: datetime, now: datetime) -> None:
        """It never is."""

    def delivered(self, message: Message, *, at: datetime, now: datetime, confirmed: bool = False) -> None:
        """Nothing follows: the days run since the notice itself."""

    def failed(self, *, because: Because, now: datetime) -> None:
        """Nothing follows: the notice itself was delivered."""

    def doubted(self, *, now: datetime) -> None:
        """Nothing follows but that it is not sent again."""
