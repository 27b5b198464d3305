"""What is known of a customer, put right: where they live, their nationality, whether they are a US person, their role.

The customer is one and the same in every case. So in each that is open, what rested on the old facts falls.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import OperationalError
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_approvals
from cases.actions.assessments import drop_assessments
from cases.actions.changing import ChangedMeanwhile, Refused, changing_for, committed, record
from cases.actions.controllers import owe_controllers
from cases.actions.duties import drop_idle_controllers
from cases.actions.outcomes import was_reviewed
from cases.actions.rule_answers import answer_by_rule
from cases.actions.service import presume_service
from cases.models import Case, Customer
from cases.rules.review import items
from cases.states import OPEN, CaseState

# Those that a conflict of law, or the review, turns on; the language is for the notice alone.
LEGAL = ("country", "nationality", "is_us_person", "role")
FACTS = (*LEGAL, "language")
CORRECTED = "customer_corrected"

Fact = str | bool | None


class NotTheirCase(Refused):
    """No target of the case belongs to this customer."""


class KnownOutside(Refused):
    """From a sealed case nothing is changed that others see: they would wonder why (invariant 6)."""


def correct_customer(
    *, case_id: int, customer_id: int, facts: Mapping[str, Fact], reason: str, by: User, now: datetime
) -> None:
    """Put right what is known of a customer of this case; `facts` are some of FACTS, the others stay as they are.

    The rules of review answer anew. Findings on a conflict of law fall with the approvals that rest on them, and so
    does every release that waits: here, and in the customer's other open cases, whose ledgers do not say who did it.
    Raises NotTheirCase; KnownOutside; Refused without a reason, or where nothing would change.
    """
    if not reason.strip():
        raise Refused(_("Say how we know."))
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        if not case.targets.filter(customer=customer_id).exists():
            raise NotTheirCase(_("No target of this case belongs to that customer."))
        # Not against who merely names this customer in a row of theirs.
        customer = Customer.objects.select_for_update(no_key=True).get(pk=customer_id)
        if case.compartment_id is not None and customer.compartment_id is None:
            raise KnownOutside(_("This customer is known outside the compartment, where the change would show."))
        changed = [name for name in FACTS if name in facts and getattr(customer, name) != facts[name]]
        if not changed:
            raise Refused(_("That is what is known already."))
        for name in changed:
            setattr(customer, name, facts[name])
        customer.save(update_fields=changed)
        why = committed(case, reason.strip(), now=now)
        record(case, kinds.CUSTOMER_CORRECTED, at=now, by=by, customer=customer.pk, facts=changed, reason=why)
        if not set(changed) & set(LEGAL):
            return
        for one in (case, *_other_cases(case, customer)):
            _look_again(one, customer, now=now)
            if "role" in changed:
                _tell_controllers(one, now=now)


def _other_cases(case: Case, customer: Customer) -> Iterator[Case]:
    """Yield the customer's other cases from which something may still leave, each under its lock.

    Raises ChangedMeanwhile where somebody works on one: who holds that one may wait for this customer or this case.
    """
    theirs = Case.objects.filter(targets__customer=customer, state__in=[*OPEN, CaseState.ANSWERED]).exclude(pk=case.pk)
    others = Case.objects.select_for_update(nowait=True).filter(pk__in=theirs.values("pk")).order_by("pk")
    try:
        yield from list(others)
    except OperationalError as error:
        raise ChangedMeanwhile(
            _("Somebody works on another case of this customer at this moment: try again.")
        ) from error


def _look_again(case: Case, customer: Customer, *, now: datetime) -> None:
    void_approvals(case, RELEASE_KINDS, because=CORRECTED, now=now)
    if not case.is_open:
        return
    drop_assessments(case, case.targets.filter(customer=customer), because=CORRECTED, now=now)
    if case.state == CaseState.LEGAL_REVIEW:
        # What ends a request is answered by the facts: a person's answer was made on the old ones.
        ending = [item.code for item in items(case.instrument_code, case.agency_country) if item.blocks]
        case.review_answers.filter(item__in=ending).delete()
    answer_by_rule(case, now=now)
    presume_service(case, now=now)


def _tell_controllers(case: Case, *, now: datetime) -> None:
    """Owe a notice to who is a controller now, and none to who no longer is. Law: EPOC Annex I Section G(d)."""
    drop_idle_controllers(case, now=now, by=None)
    if was_reviewed(case):
        owe_controllers(case, by=None, now=now)
