"""The page of a sealed case that has something of everything, more than once: as few queries as any other."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cases.actions import deliveries, objections, productions
from cases.actions.compartments import assign, seal
from cases.models import Case, ChallengeSubject, Forum, Objection
from cases.states import ApprovalKind, Category
from tests import lives
from tests.adversarial import sealed
from tests.cases.views.conftest import As
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=40)
TWICE = (1, 2)
# A word of everything, so that the count means something.
SHOWN = (
    "Her desk",
    "D. Or.",
    "The engineer",
    "I am a journalist.",
    "9th Cir.",
    "Brief",
    "free mail address",
    "Counsel said so.",
    "Which account?",
    "It weighs.",
    "The ministry",
    "Nothing shows.",
    "It does not reach the data.",
    "It still binds.",
)


def full(staff: Staff, since: datetime, now: datetime) -> Case:
    """Return a sealed case, notified, with everything that a page can show, twice or more."""
    began = now - LONG_AGO
    customers = [lives.carla(), lives.carla(country="DE"), lives.carla(country="FR")]
    asked = [Category.SUBSCRIBER, Category.TRAFFIC]
    case = lives.received(
        began, customers=customers, instrument="us_search_warrant", asked=asked, return_date=now.date()
    )
    seal(case_id=case.pk, compartment=sealed.compartment_of(staff, since), by=staff.ines, now=began)
    case = lives.notified(lives.again(case), staff, began)
    _handed_over(case, staff, now)
    _silenced(case, staff, now)
    _disputed(case, staff, now)
    _watched(case, staff, now)
    _ordered(case, staff, now)
    _proposed(case, staff, now)
    return lives.again(case)


def _handed_over(case: Case, staff: Staff, now: datetime) -> None:
    for number in TWICE:
        file = lives.with_file(case, staff, now, content=f"Carla, {number}".encode())
        proposal = lives.answer_proposed(
            lives.again(case), staff, now, kind=ApprovalKind.PRODUCE_PART, files=[str(file.document_id)]
        )
        part = productions.release(approval_id=lives.approved(proposal, staff, now).pk, by=staff.ines, now=now)
        for recipient in ("Detective Osei", "Her desk"):
            deliveries.deliver_by_link(production_id=part.pk, recipient=recipient, days=30, by=staff.analyst, now=now)


def _silenced(case: Case, staff: Staff, now: datetime) -> None:
    day = now.date()
    for number in TWICE:
        order = lives.brandts_order(case, staff, now, last_day=day + timedelta(days=number))
        order.covered.create(target=case.targets.earliest("pk"))
        for _ in TWICE:
            order.extensions.create(
                decided_date=day,
                last_day=day + timedelta(days=number),
                in_time=True,
                recorded_by=staff.paul,
                recorded_at=now,
            )
            order.reviews.create(
                reviewed_date=day,
                next_date=day + timedelta(days=90),
                finding="It still binds.",
                recorded_by=staff.ines,
                recorded_at=now,
            )
            order.briefings.create(
                person="The engineer",
                capacity="compliance",
                reason="Reads the log.",
                briefed_by=staff.paul,
                briefed_at=now,
            )
        case.incoming_holds.create(source=f"submission:{number}", because="target", created_at=now)


def _disputed(case: Case, staff: Staff, now: datetime) -> None:
    for duty in case.duties.order_by("pk")[:2]:
        objections.receive_objection(duty_id=duty.pk, text="I am a journalist.", now=now)
    for order in case.orders.all():
        challenge = case.challenges.create(
            subject=ChallengeSubject.NONDISCLOSURE,
            order=order,
            ground="It never ends.",
            forum=Forum.COURT,
            last_day=now.date(),
            began_at=now,
        )
        for forum in ("D. Or.", "9th Cir."):
            instance = challenge.instances.create(forum_name=forum, filed_date=now.date())
            for party in ("provider", "agency"):
                instance.filings.create(title="Brief", party=party, filed_date=now.date(), recorded_by=staff.ines)


def _watched(case: Case, staff: Staff, now: datetime) -> None:
    for code in ("free_mail", "young_domain"):
        case.fraud_signals.create(code=code, detail="x", found_at=now)
    for clock in case.clocks.all():
        for kind in ("suspended", "resumed"):
            clock.changes.create(kind=kind, at=now, reason="Counsel said so.", changed_by=staff.paul)
    for rule in ("interim", "sca_preservation"):
        case.preservations.create(rule=rule, starts_date=now.date(), confirmed_at=now, confirmed_by=staff.paul)
        case.letters.create(kind="question", text="Which account?", drafted_by=staff.paul, drafted_at=now)
    for letter in "ABC":
        case.comity_factors.create(letter=letter, text="It weighs.", author=staff.ines, written_at=now)
    for country in ("DE", "FR"):
        case.government_notices.create(
            country=country, authority="The ministry", reason="It asked.", decided_by=staff.paul, decided_at=now
        )


def _ordered(case: Case, staff: Staff, now: datetime) -> None:
    for target in case.targets.all():
        measure = case.measures.create(
            target=target, kind="block", territories=["DE"], collateral_checked_at=now, collateral_checked_by=staff.ines
        )
        for customer in (lives.carla(), lives.carla()):
            measure.affected.create(what=customer.identifier, customer=customer, is_told=False, reason="Nothing shows.")


def _proposed(case: Case, staff: Staff, now: datetime) -> None:
    for objection in Objection.objects.filter(duty__case=case):
        objections.propose_decision(
            objection_id=objection.pk, decision="It does not reach the data.", by=staff.ines, now=now
        )
    assign(case_id=case.pk, assignee=staff.paul, by=staff.analyst, now=now)


def test_a_sealed_case_with_something_of_everything_costs_at_most_twenty_queries(
    staff: Staff,
    signed_in: As,
    last_year: datetime,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = full(staff, last_year, now)
    client = signed_in(staff.ines)
    with django_assert_max_num_queries(20):
        page = client.get(case.get_absolute_url()).content.decode()
    assert [word for word in SHOWN if word not in page] == []
