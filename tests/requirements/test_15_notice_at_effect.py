"""Requirement 15. DSA Art. 9/10: the notice is mandatory and due at the moment effect is given, with reasons, redress
and, for Art. 9, territorial scope; completing the case without it fails. Where a criminal-law gag applies as well,
Arts. 9(6) and 10(6): counsel decides.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from cases.actions import ending, measures, nondisclosure, productions, statements
from cases.actions.changing import Refused, save_moved
from cases.actions.clockwork import run_clocks
from cases.actions.effect import EffectNotReady, SilenceUndecided
from cases.actions.letters import record_letter_sent
from cases.actions.measures import NewMeasure
from cases.actions.preservations import release_hold
from cases.models import Approval, Case, MeasureKind
from cases.rules.instruments import INSTRUMENTS
from cases.states import ApprovalKind, CaseState, DisclosureResult, DutyState
from tests import lives
from tests.lives import Staff
from tests.notifications.scene import messages_of, plan_and_send

pytestmark = pytest.mark.django_db

BOTH = ("dsa_order_to_act", "dsa_order_to_inform")
REASONS = "section 130 of the Criminal Code"
REDRESS = "administrative court of Cologne"
each_article = pytest.mark.parametrize("code", BOTH)


def ordered(staff: Staff, now: datetime, code: str, **customer: object) -> Case:
    """Judge Brandt's court in Germany orders; nothing is left but to give effect."""
    agency = lives.oseis_agency(now, country="DE", kind="court")
    asked = ("subscriber",) if code == "dsa_order_to_inform" else ()
    case = lives.received(now, instrument=code, asked=asked, agency=agency, customers=[lives.carla(**customer)])
    return lives.notice_pending(case, staff, now)


def released(approval: Approval, staff: Staff, now: datetime) -> None:
    productions.release(approval_id=lives.approved(approval, staff, now).pk, by=staff.ines, now=now)


def close(case: Case, staff: Staff, now: datetime) -> None:
    """Everything is done but the notice: letters sent, what was kept released."""
    for letter in case.letters.filter(state="drafted"):
        record_letter_sent(letter_id=letter.pk, how="by the authority's portal", by=staff.analyst, now=now)
    for hold in case.preservations.filter(released_at=None):
        release_hold(preservation_id=hold.pk, by=staff.analyst, now=now)
    ending.close(case_id=case.pk, by=staff.analyst, now=now)


@each_article
def test_nobody_is_told_before_effect_and_the_notice_is_due_with_it(code: str, staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, code)
    assert plan_and_send(now) == 0
    assert case.duties.get().due_at is None
    effect = now + timedelta(hours=3)
    lives.answered_now(case, staff, effect)
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, effect)
    assert plan_and_send(effect) == 1
    assert case.duties.get().state == DutyState.DELIVERED


@each_article
def test_completing_the_case_without_the_notice_fails(code: str, staff: Staff, now: datetime) -> None:
    case = lives.answered_now(ordered(staff, now, code), staff, now)
    with pytest.raises(Refused, match="notice is still owed"):
        close(case, staff, now)
    plan_and_send(now)
    close(case, staff, now)
    assert lives.again(case).state == CaseState.CLOSED


@each_article
def test_effect_is_refused_while_nobody_is_there_to_be_told(code: str, staff: Staff, now: datetime) -> None:
    with pytest.raises(EffectNotReady, match="nobody to go to"):
        lives.answer_proposed(ordered(staff, now, code, email=""), staff, now)


@each_article
def test_effect_is_refused_where_nobody_knows_whose_the_target_is(code: str, staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    asked = ("subscriber",) if code == "dsa_order_to_inform" else ()
    case = lives.received(now, instrument=code, asked=asked, agency=agency)
    case.targets.update(customer=None)
    case = lives.notice_pending(case, staff, now)
    with pytest.raises(Refused, match="nobody is known to be told"):
        lives.answer_proposed(case, staff, now)


@pytest.mark.parametrize("missing", ["reasons", "redress"])
def test_effect_of_an_order_to_act_is_refused_while_its_notice_would_have_a_hole(
    missing: str, staff: Staff, now: datetime
) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    lives.effect_prepared(case, staff, now)
    case.measures.update(**{missing: ""})
    with pytest.raises(Refused, match=missing):
        lives.answer_proposed(case, staff, now)


@pytest.mark.parametrize("missing", ["reasons", "redress"])
def test_a_hole_in_the_notice_of_one_target_is_found_beside_another_without(
    missing: str, staff: Staff, now: datetime
) -> None:
    agency = lives.oseis_agency(now, country="DE", kind="court")
    carla, dora = lives.carla(), lives.carla(name="Dora Field")
    case = lives.received(now, instrument="dsa_order_to_act", asked=(), agency=agency, customers=[carla, dora])
    case = lives.notice_pending(case, staff, now)
    lives.effect_prepared(case, staff, now)
    case.measures.filter(target__customer=dora).update(**{missing: ""})
    with pytest.raises(EffectNotReady, match=missing):
        lives.answer_proposed(case, staff, now)


def test_effect_of_an_order_to_inform_is_refused_while_its_notice_would_have_a_hole(
    staff: Staff, now: datetime
) -> None:
    case = ordered(staff, now, "dsa_order_to_inform")
    with pytest.raises(Refused, match="record") as refused:
        productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.ANSWER,
            rows=productions.rows_for_all(case, {"subscriber": DisclosureResult.PRODUCED}),
            files=(),
            reason="Complete.",
            by=staff.ines,
            now=now,
        )
    assert len(refused.value.sentences) == 2


def test_the_notice_of_an_order_to_act_states_reasons_redress_and_territory(
    staff: Staff, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    case = lives.answered_now(ordered(staff, now, "dsa_order_to_act"), staff, now)
    plan_and_send(now)
    text = " ".join(str(mailoutbox[-1].body).split())
    assert messages_of(case)[-1].template == "order_against_content"
    assert "We did what the order demands." in text
    assert "access to it is blocked (Germany)" in text
    assert REASONS in text
    assert REDRESS in text


def test_the_notice_of_an_order_to_inform_states_reasons_and_redress(
    staff: Staff, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    lives.answered_now(ordered(staff, now, "dsa_order_to_inform"), staff, now)
    plan_and_send(now)
    text = " ".join(str(mailoutbox[-1].body).split())
    assert "The authority looks for who runs an illegal shop." in text
    assert REDRESS in text
    assert "What it does, and where" not in text


def test_the_notice_speaks_the_customers_language(
    staff: Staff, now: datetime, mailoutbox: Sequence[EmailMultiAlternatives]
) -> None:
    lives.answered_now(ordered(staff, now, "dsa_order_to_act", language="fr"), staff, now)
    plan_and_send(now)
    text = " ".join(str(mailoutbox[-1].body).split())
    assert "l’accès y est bloqué (Allemagne)" in text
    assert "Les motifs qu’il donne :" in text


@each_article
def test_where_a_gag_applies_as_well_nothing_takes_effect_before_counsel_decided(
    code: str, staff: Staff, now: datetime
) -> None:
    case = ordered(staff, now, code)
    lives.brandts_order(case, staff, now)
    with pytest.raises(SilenceUndecided, match=INSTRUMENTS[code].silence_source.replace("(", ".").replace(")", ".")):
        lives.answer_proposed(lives.again(case), staff, now)
    statements.decide_silence(case_id=case.pk, reason="Section 95a StPO.", by=staff.ines, now=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    case = lives.answered_now(lives.again(case), staff, later)
    assert plan_and_send(later) == 0
    assert case.duties.get().state == DutyState.WITHHELD


def test_a_gag_that_came_after_the_decision_is_decided_on_again(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    lives.brandts_order(case, staff, now)
    statements.decide_silence(case_id=case.pk, reason="Section 95a StPO.", by=staff.ines, now=now)
    later = now + timedelta(hours=1)
    lives.brandts_order(case, staff, later)
    with pytest.raises(SilenceUndecided):
        lives.answer_proposed(lives.again(case), staff, later)


def test_a_gag_recorded_between_approval_and_release_stops_the_release(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    approval = lives.approved(lives.answer_proposed(case, staff, now), staff, now)
    lives.brandts_order(case, staff, now)
    with pytest.raises(Refused):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert not case.measures.exclude(effect_at=None).exists()


def test_where_counsel_finds_that_the_notice_goes_first_the_gag_is_lifted_and_it_is_given(
    staff: Staff, now: datetime
) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    order = lives.brandts_order(case, staff, now)
    nondisclosure.lift_order(order_id=order.pk, reason="It binds the bank, not us.", by=staff.ines, now=now)
    later = now + timedelta(hours=1)
    run_clocks(now=later)
    lives.answered_now(lives.again(case), staff, later)
    assert plan_and_send(later) == 1
    assert case.duties.get().state == DutyState.DELIVERED


def test_when_the_gag_ends_before_effect_the_notice_waits_for_the_effect_again(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    lives.brandts_order(case, staff, now, last_day=now.date())
    later = now + timedelta(days=3)
    run_clocks(now=later)
    duty = case.duties.get()
    assert (duty.state, duty.due_at) == (DutyState.PENDING, None)
    assert lives.again(case).state == CaseState.NOTICE_WITHHELD
    lives.answered_now(lives.again(case), staff, later)
    assert case.duties.get().due_at == later


def test_a_part_lets_the_notices_of_its_targets_fall_due_and_no_others(staff: Staff, now: datetime) -> None:
    first, second = lives.carla(), lives.carla()
    agency = lives.oseis_agency(now, country="DE", kind="court")
    case = lives.received(now, instrument="dsa_order_to_act", asked=(), agency=agency, customers=[first, second])
    case = lives.notice_pending(case, staff, now)
    lives.effect_prepared(case, staff, now)
    target = case.targets.get(customer=first)
    approval = productions.propose_release(
        case_id=case.pk,
        kind=ApprovalKind.PRODUCE_PART,
        rows=[productions.Row(target.pk, "", DisclosureResult.EFFECT_GIVEN)],
        files=(),
        reason="The first page is ready.",
        by=staff.ines,
        now=now,
    )
    released(approval, staff, now)
    assert case.duties.get(customer=first).due_at == now
    assert case.duties.get(customer=second).due_at is None
    assert [one.effect_at for one in case.measures.order_by("target")] == [now, None]


def test_a_refused_order_is_told_too(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, "dsa_order_to_act")
    lives.rejected(case, staff, now)
    assert case.duties.get().due_at == now


def test_without_effect_being_set_nothing_takes_effect(staff: Staff, now: datetime) -> None:
    case = ordered(staff, now, "dsa_order_to_act")

    def propose() -> None:
        productions.propose_release(
            case_id=case.pk,
            kind=ApprovalKind.ANSWER,
            rows=productions.rows_for_all(case, {}, overall=DisclosureResult.EFFECT_GIVEN),
            files=(),
            reason="Complete.",
            by=staff.ines,
            now=now,
        )

    with pytest.raises(Refused, match="Set for every target"):
        propose()
    new = NewMeasure(MeasureKind.BLOCK, ("DE",), REASONS, REDRESS)
    measures.set_measures(case_id=case.pk, new=new, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="who else is hit"):
        propose()


def test_an_ordinary_request_is_still_told_first(staff: Staff, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    assert case.duties.get().due_at == now
    case.duties.update(due_at=None)
    case.settle_as_notified()
    save_moved(case)
    with pytest.raises(Refused, match="not told yet"):
        lives.answer_proposed(case, staff, now)


def test_the_database_allows_it_for_the_instruments_that_tell_at_their_effect_and_no_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'cases_disclosure_guard'")
        (source,) = cursor.fetchone()
    allowed = source.partition("IN ('dsa_order_to_act'")[1:]
    named = set(re.findall(r"'([a-z_]+)'", "".join(allowed).partition(")")[0]))
    assert named == {code for code, kind in INSTRUMENTS.items() if kind.tells_at_effect}
