"""A notice to a customer: what a duty owes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from django.core.mail import EmailMultiAlternatives
from django.db.models import prefetch_related_objects

from cases.actions.duties import deliver, record_failure, record_posted, record_uncertain
from cases.models import Case, NoticeDuty
from notifications import ledger_kinds as kinds
from notifications.choice import mail_for
from notifications.facts import MissingFact
from notifications.languages import language_for
from notifications.locks import locked_duty
from notifications.models import Message
from notifications.permission import why_not
from notifications.rendering import render
from notifications.sheets import Sheet, notice_sheet
from notifications.states import Because, Way
from notifications.versions import in_use
from notifications.ways import address_of, ways_to


@dataclass
class NoticeErrand:
    """One duty of a case, and its customer."""

    duty: NoticeDuty
    travel: ClassVar[kinds.Travel] = kinds.NOTICE

    @classmethod
    def locked(cls, duty_id: int) -> Self | None:
        """Return it under lock, None while anybody else holds its case or itself."""
        duty = locked_duty(duty_id)
        if duty is None:
            return None
        # No order can be recorded while we hold the case: read once, asked by the rules and told by the mail.
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
        return {"duty": self.duty.pk}

    def ways(self) -> tuple[Way, ...]:
        return ways_to(self.duty.customer) if self.duty.customer else ()

    def made_of(self) -> tuple[object, ...]:
        customer = self.duty.customer
        whither = customer and (customer.identifier, customer.email, customer.postal_address, customer.language)
        return self.case.state, whither

    def why_not(self, now: datetime) -> Because | None:
        return why_not(self.case, self.duty, now)

    def address(self, message: Message, way: Way) -> None:
        customer = self.duty.customer
        if customer is None:
            raise MissingFact("customer")
        message.way, message.recipient = way, address_of(customer, way)
        message.template = mail_for(self.case, self.duty).name
        message.language = language_for(customer.language)
        message.wording = in_use(message.template, message.language)

    def compose(self, message: Message, now: datetime) -> EmailMultiAlternatives:
        return render(message, self.case, self.duty, now)

    def sheet(self, message: Message, now: datetime) -> Sheet:
        return notice_sheet(message, self.case, self.duty, now)

    def posted(self, message: Message, *, posted_on: date, at: datetime, now: datetime) -> None:  # noqa: ARG002 - it counts days later
        record_posted(duty_id=self.duty.pk, posted_on=posted_on, now=now)

    def delivered(self, _message: Message, *, at: datetime, now: datetime, confirmed: bool = False) -> None:
        deliver(self.case, self.duty, at=at, now=now, confirmed=confirmed)

    def failed(self, *, because: Because, now: datetime) -> None:
        record_failure(duty_id=self.duty.pk, now=now, because=because)

    def doubted(self, *, now: datetime) -> None:
        record_uncertain(duty_id=self.duty.pk, now=now)
