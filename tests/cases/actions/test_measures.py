"""What an order asks to be done: set, narrowed, checked for whom else it hits, and given effect."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from cases.actions import ending, measures, nondisclosure, productions
from cases.actions.changing import NotForYou, Refused
from cases.actions.duties import owe, record_delivery
from cases.actions.measures import EffectGiven, Hit, NewMeasure, NoMeasures, ScopeRefused
from cases.actions.nondisclosure import NewOrder
from cases.actions.second_person import NotWhatWasApproved
from cases.models import Case, Customer, LetterKind, Measure, MeasureKind
from cases.queries.proposals import described
from cases.silence import why_silent
from cases.states import ApprovalState, DutyKind, DutyState
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

BLOCK = NewMeasure(MeasureKind.BLOCK, ("DE", "FR"), "Section 130.", "The court of Cologne.", date(2026, 12, 31))


def ordered(staff: Staff, now: datetime, *, number: int = 1, code: str = "dsa_order_to_act") -> Case:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    customers = [lives.carla() for _ in range(number)]
    case = lives.received(now, instrument=code, asked=(), agency=agency, customers=customers)
    return lives.notice_pending(case, staff, now)


def blocked(staff: Staff, now: datetime, *hit: Hit, number: int = 1) -> Case:
    """Return a case whose order asks to block in Germany and France, checked, and in effect."""
    case = ordered(staff, now, number=number)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    checked(case, staff, now, *hit)
    return lives.answered_now(case, staff, now)


def checked(case: Case, staff: Staff, now: datetime, *hit: Hit) -> None:
    measures.check_collateral(case_id=case.pk, hit=hit, note="Looked at the address.", by=staff.analyst, now=now)


def tell_everybody(case: Case, now: datetime) -> None:
    for duty in case.duties.filter(state=DutyState.PENDING):
        record_delivery(duty_id=duty.pk, at=now, now=now)


def entry(case: Case, kind: str) -> dict[str, object]:
    found = LedgerEntry.objects.filter(stream=case.stream, payload__kind=kind).order_by("seq").last()
    assert found
    return dict(found.payload)


# What is asked.


def test_what_is_asked_is_kept_for_every_target_as_the_order_states_it(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, number=2)
    assert measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now) == 2
    one = case.measures.order_by("pk")[0]
    assert (one.kind, one.asked_territories, one.territories) == ("block", ["DE", "FR"], ["DE", "FR"])
    assert (one.reasons, one.redress, one.ends_date) == ("Section 130.", "The court of Cologne.", date(2026, 12, 31))
    written = entry(case, "measures_set")
    assert (written["measure"], written["targets"], written["territories"]) == ("block", 2, ["DE", "FR"])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        pytest.param("dsa_order_to_act", MeasureKind.SEIZE, id="an order against content seizes no domain"),
        pytest.param("domain_seizure", MeasureKind.REMOVE, id="a seizure removes no content"),
    ],
)
def test_an_order_does_what_its_kind_can_do_and_nothing_else(
    staff: Staff, now: datetime, code: str, kind: MeasureKind
) -> None:
    case = ordered(staff, now, code=code)
    with pytest.raises(NoMeasures):
        measures.set_measures(case_id=case.pk, new=NewMeasure(kind, ("DE",)), by=staff.analyst, now=now)


def test_a_request_for_data_takes_no_effect(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    with pytest.raises(NoMeasures):
        measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)


def test_an_order_reaches_somewhere(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    with pytest.raises(ScopeRefused):
        measures.set_measures(case_id=case.pk, new=NewMeasure(MeasureKind.BLOCK, ()), by=staff.analyst, now=now)


def test_said_anew_it_is_checked_anew(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    checked(case, staff, now, Hit("a shop", None, is_told=False, reason="Not ours."))
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    one = case.measures.get()
    assert (one.collateral_checked_at, one.affected.count()) == (None, 0)


def test_what_has_effect_is_not_said_anew(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now)
    approval = ending.propose_reopening(
        case_id=case.pk, because="amended_order", reason="A wider one came.", by=staff.ines, now=now
    )
    lives.approved(approval, staff, now)
    with pytest.raises(EffectGiven):
        measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)


def test_a_target_of_another_case_is_refused(staff: Staff, now: datetime) -> None:
    case, other = ordered(staff, now), ordered(staff, now)
    with pytest.raises(Refused):
        measures.set_measures(
            case_id=case.pk, new=BLOCK, target_ids=[other.targets.get().pk], by=staff.analyst, now=now
        )


# How far it reaches.


def narrow(case: Case, staff: Staff, now: datetime, *territories: str, reason: str = "") -> None:
    measures.narrow(case_id=case.pk, territories=territories, reason=reason, by=staff.ines, now=now)


def test_it_reaches_less_far_for_a_reason(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(ScopeRefused, match="less far"):
        narrow(case, staff, now, "DE")
    narrow(case, staff, now, "DE", reason="Lawful in France.")
    one = case.measures.get()
    assert (one.territories, one.narrowed_reason) == (["DE"], "Lawful in France.")
    assert entry(case, "measures_narrowed")["territories"] == ["DE"]


@pytest.mark.parametrize("territories", [("DE", "FR", "IT"), ("worldwide",)])
def test_it_never_reaches_further_than_asked(staff: Staff, now: datetime, territories: tuple[str, ...]) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(ScopeRefused, match="does not reach"):
        narrow(case, staff, now, *territories, reason="More is better.")
    assert case.measures.get().territories == ["DE", "FR"]


def test_what_was_narrowed_reaches_as_far_as_asked_again(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    narrow(case, staff, now, "DE", reason="Lawful in France.")
    narrow(case, staff, now, "FR", "DE", reason="Not lawful there either.")
    assert case.measures.get().narrowed_reason == ""


def test_narrowing_is_counsels(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(NotForYou):
        measures.narrow(case_id=case.pk, territories=["DE"], reason="So.", by=staff.analyst, now=now)


def test_what_is_narrowed_after_the_approval_is_not_what_was_approved(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    case.measures.update(territories=["FR"])
    with pytest.raises(NotWhatWasApproved):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert not case.measures.exclude(effect_at=None).exists()


def test_narrowing_voids_what_was_approved(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    checked(case, staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    narrow(case, staff, now, "DE", reason="Lawful in France.")
    approval.refresh_from_db()
    assert approval.state == ApprovalState.VOID


@pytest.mark.parametrize(("number", "where"), [(1, "in DE, FR, on 1 target"), (2, "in DE, FR, on 2 targets")])
def test_the_second_person_reads_what_takes_effect_where(staff: Staff, now: datetime, number: int, where: str) -> None:
    case = ordered(staff, now, number=number)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    checked(case, staff, now)
    (read,) = described([lives.answer_proposed(case, staff, now)])
    assert ("Block access", where) in [(str(label), words) for label, words in read.facts]


# Whom else it hits.


def test_who_is_hit_is_kept_told_or_not_and_why(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    dora = lives.carla()
    told = Hit("dora.example, on the same address", dora, is_told=True, reason="Her shop is gone as well.")
    checked(case, staff, now, told, Hit("a stranger's page", None, is_told=False, reason="No customer of ours."))
    one = case.measures.get()
    assert (one.collateral_checked_at, one.collateral_checked_by) == (now, staff.analyst)
    assert [(hit.what, hit.customer, hit.is_told) for hit in one.affected.all()] == [
        ("dora.example, on the same address", dora, True),
        ("a stranger's page", None, False),
    ]
    written = entry(case, "collateral_checked")
    assert (written["affected"], written["told"]) == (2, 1)
    assert "dora" not in str(written)


@pytest.mark.parametrize(
    "hit",
    [
        pytest.param(Hit("a page", None, is_told=True, reason="It is gone."), id="a stranger told"),
        pytest.param(Hit("a page", None, is_told=False, reason=" "), id="no reason"),
    ],
)
def test_what_cannot_be_is_refused(staff: Staff, now: datetime, hit: Hit) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(Refused):
        checked(case, staff, now, hit)
    assert case.measures.get().collateral_checked_at is None


def test_the_targets_own_customer_is_not_somebody_else(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="notice of their own"):
        checked(case, staff, now, Hit("their page", case.targets.get().customer, is_told=True, reason="Theirs."))


def test_nobody_found_says_where_one_looked(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="where you looked"):
        measures.check_collateral(case_id=case.pk, hit=(), note=" ", by=staff.analyst, now=now)


# Effect.


def test_effect_has_a_moment_a_person_and_a_report_to_the_authority(staff: Staff, now: datetime) -> None:
    case = blocked(staff, now, number=2)
    assert {(one.effect_at, one.effect_by) for one in case.measures.all()} == {(now, staff.ines)}
    written = entry(case, "effect_given")
    assert (written["measures"], written["targets"]) == (2, 2)
    assert str(written["effect"]).startswith("2026-11-30T12:00:00")
    report = case.letters.get(kind=LetterKind.EFFECT_REPORT)
    assert "Effect was given to it on Mon 30 Nov 2026, 04:00 PST, as follows:" in report.text
    assert f"- {case.targets.order_by('pk')[0].value}: Block access (DE, FR)" in report.text


def test_who_is_to_be_told_is_owed_a_notice_of_their_own_from_that_moment_on(staff: Staff, now: datetime) -> None:
    dora, emil = lives.carla(), lives.carla()
    case = blocked(
        staff,
        now,
        Hit("dora.example", dora, is_told=True, reason="Gone as well."),
        Hit("emil.example", emil, is_told=False, reason="Moved away."),
    )
    owed = case.duties.get(kind=DutyKind.AFFECTED)
    assert (owed.customer, owed.state, owed.due_at) == (dora, DutyState.PENDING, now)


def test_an_order_not_to_tell_silences_who_is_affected_too(staff: Staff, now: datetime) -> None:
    dora = lives.carla()
    case = blocked(staff, now, Hit("dora.example", dora, is_told=True, reason="Gone as well."))
    lives.brandts_order(case, staff, now)
    assert case.duties.get(kind=DutyKind.AFFECTED).state == DutyState.WITHHELD


def test_so_does_one_that_names_the_target_only(staff: Staff, now: datetime) -> None:
    dora = lives.carla()
    case = ordered(staff, now)
    order = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        first_day=now.date(),
        zone="UTC",
        is_indefinite=True,
        target_ids=(case.targets.get().pk,),
    )
    nondisclosure.record_order(case_id=case.pk, new=order, by=staff.analyst, now=now)
    with transaction.atomic():
        duty = owe(case, DutyKind.AFFECTED, customer_id=dora.pk, now=now, by=staff.ines)
    assert duty.state == DutyState.WITHHELD
    assert why_silent(lives.again(case), duty, now)


def test_nothing_has_effect_that_was_not_looked_at_whoever_writes_it(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now)
    measures.set_measures(case_id=case.pk, new=BLOCK, by=staff.analyst, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.update(effect_at=now)


def test_nobody_in_another_case_is_owed_anything(staff: Staff, now: datetime) -> None:
    other = ordered(staff, now)
    blocked(staff, now, Hit("dora.example", lives.carla(), is_told=True, reason="Gone as well."))
    assert other.duties.filter(kind=DutyKind.AFFECTED).count() == 0
    assert Customer.objects.count() == 3
