"""A sealed case with everything that could give it away, and people of every role who may not know of it."""

from datetime import datetime, timedelta

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions import challenges, nondisclosure, objections, questions, review
from cases.actions.clockwork import run_clocks
from cases.actions.compartments import assign, seal
from cases.models import Agency, Case, ChallengeSubject, Forum
from notifications.actions.planning import plan_notices
from notifications.actions.sending import send_due
from tests import lives
from tests.lives import Staff

DAY = timedelta(days=1)
TARGET = "zulu-the-sealed-account"
AGENCY_REFERENCE = "ZULU-77/26"
CUSTOMER = "Zulu Sealed"
REFERENCE = lives.numbered_reference(2)
WORDS = (REFERENCE, TARGET, AGENCY_REFERENCE, CUSTOMER, "zulu")  # by which it could be known outside


def join(user: User, compartment: Compartment, since: datetime) -> None:
    """Let somebody know of the cases in a compartment."""
    CompartmentMembership.objects.create(user=user, compartment=compartment, granted_at=since)
    user.forget_grants()


def compartment_of(staff: Staff, since: datetime) -> Compartment:
    """Return a compartment of which Ana, Ines and Paul are members."""
    compartment = Compartment.objects.create(code="north", name="North")
    for user in (staff.analyst, staff.ines, staff.paul):
        join(user, compartment, since)
    return compartment


def sealed_case(
    staff: Staff, compartment: Compartment, agency: Agency, now: datetime, *, reference: str | None = REFERENCE
) -> Case:
    """Return a case that is due, objected to, failed, held, gagged, proposed and assigned; sealed before any of it.

    Its first customer stands nowhere else. Without a reference it gets one by lot.
    """
    customer = lives.carla(identifier=TARGET, name=CUSTOMER, email="zulu@customer.example")
    case = lives.received(
        now,
        customers=[customer, lives.carla()],
        agency=agency,
        return_date=now.date(),
        agency_reference=AGENCY_REFERENCE,
        reference=reference,
    )
    seal(case_id=case.pk, compartment=compartment, by=staff.ines, now=now)
    assign(case_id=case.pk, assignee=staff.ines, by=staff.analyst, now=now)
    if not agency.is_verified(now):
        lives.verified(case, staff, now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    lives.pass_review(lives.again(case), staff, now)
    lives.clear(lives.again(case), staff, now)
    plan_notices(now=now)
    send_due(now=now)
    told, failed = case.duties.order_by("pk")
    lives.fail(failed, now)
    objections.receive_objection(duty_id=told.pk, text="Zulu objects.", now=now)
    nondisclosure.hold_notices(case_id=case.pk, source="submission:9", because="target", now=now)
    questions.ask_agency(case_id=case.pk, text="Which zulu?", pause_clocks=[], by=staff.analyst, now=now)
    motion = challenges.NewChallenge(
        subject=ChallengeSubject.REQUEST,
        ground="Zulu.",
        forum=Forum.COURT,
        forum_name="D. Or.",
        last_day=(now + DAY).date(),
    )
    challenges.propose_challenge(case_id=case.pk, new=motion, by=staff.ines, now=now)
    lives.brandts_order(case, staff, now)
    run_clocks(now=now + 2 * DAY)
    return lives.again(case)
