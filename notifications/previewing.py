"""A mail as it would look: of sample facts, or of a real notice at this moment. Nothing is sent, no link is made."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation

from cases.models import Case, NoticeDuty
from cases.release import due_after_silence
from cases.rules.nondisclosure import UNTIL_LIFTED, ends_at
from cases.states import DutyState
from notifications import facts
from notifications.catalogue import Mail
from notifications.samples import facts_of_samples, sample
from notifications.saying import Said, said
from notifications.wording_models import Wording

# The customer's own key to their page: staff look at a mail without it, and looking opens no page.
OF_THE_LINK = frozenset({"page"})


@dataclass(frozen=True)
class Choice:
    """Which mail is looked at: in which language and in which words (None: the built-in ones)."""

    mail: Mail
    language: str
    wording: Wording | None


def of_sample(choice: Choice, sample_set: str) -> Said:
    """Return the mail of a sample set. Raises saying.WordingBroken."""
    with translation.override(choice.language):
        return said(choice.mail, sample(choice.mail, sample_set), choice.wording)


def moment_of(duty: NoticeDuty, now: datetime) -> datetime:
    """Return the moment as of which a notice is looked at: now, or when one that is withheld is to leave.

    One whose silence has no known end is looked at as of now, and says so by the fact that it lacks.
    """
    if duty.state != DutyState.WITHHELD or (duty.order is not None and ends_at(duty.order.rule) == UNTIL_LIFTED):
        return now
    try:
        return max(now, due_after_silence(duty))
    except ValueError:  # our own decision without an end
        return now


def of_notice(choice: Choice, case: Case, duty: NoticeDuty, now: datetime) -> Said:
    """Return the mail as this notice would be made of it, now or when its silence has ended.

    Raises facts.MissingFact, saying.WordingBroken.
    """
    customer = duty.customer
    if customer is None:
        raise facts.MissingFact("customer")
    with translation.override(choice.language), timezone.override(customer.zone):
        needs, may = choice.mail.needs - OF_THE_LINK, choice.mail.may
        context = facts.state(facts.Subject(case, duty, customer, moment_of(duty, now)), needs, may)
        if OF_THE_LINK & choice.mail.facts:
            context["page"] = facts_of_samples()["page"]
        return said(choice.mail, context, choice.wording)
