"""Requirement 9: the motion under 18 USC 2703(h): when it is offered, its eight factors, and whom it lets us tell.

Offered only if process seeks content AND a qualifying foreign government AND the customer is no US person or resident.
"""

import re
from datetime import datetime, timedelta

import pytest

from cases.actions import challenges, comity, conflict
from cases.actions.challenges import NewChallenge
from cases.actions.changing import Refused
from cases.actions.comity import FactorsMissing, GovernmentNotTold, LetterSaysTooMuch, MotionNotOpen
from cases.actions.conflict import Finding
from cases.models import Case, ChallengeSubject, Forum, GovernmentNotice
from ledger.models import LedgerEntry
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

MOTION = Finding(
    outcome="motion_2703h",
    reason="UK law forbids it.",
    rests_on=("residence", "prohibiting_law"),
    residence="GB",
    law="gb_gdpr",
    provision="Chapter V",
)
EIGHT = dict.fromkeys("ABCDEFGH", "It weighs for us.")


def warrant(staff: Staff, now: datetime, *asked: str, instrument: str = "us_search_warrant", **anne: object) -> Case:
    """Return a warrant in conflict check for the content of Anne, a Briton in London."""
    anne = {"country": "GB", "nationality": "GB", "is_us_person": False, **anne}
    case = lives.received(now, customers=[lives.carla(**anne)], instrument=instrument, asked=asked or ("content",))
    return lives.in_conflict_check(case, staff, now)


def write(case: Case, staff: Staff, now: datetime, texts: dict[str, str]) -> None:
    comity.write_factors(case_id=case.pk, texts=texts, by=staff.ines, now=now)


def tell(
    case: Case, staff: Staff, now: datetime, country: str = "GB", text: str = "There is process."
) -> GovernmentNotice:
    return comity.decide_government_notice(
        case_id=case.pk,
        country=country,
        authority="Its ministry",
        reason="It may object.",
        text=text,
        by=staff.ines,
        now=now,
    )


def challenge(case: Case, staff: Staff, now: datetime, forum: Forum = Forum.COURT) -> None:
    new = NewChallenge(ChallengeSubject.REQUEST, "Conflict with UK law.", forum, "D. Or.", now.date())
    challenges.propose_challenge(case_id=case.pk, new=new, by=staff.ines, now=now)


@pytest.mark.parametrize(
    ("asked", "anne", "because"),
    [
        pytest.param(("subscriber",), {}, "seeks content", id="records only"),
        pytest.param(("content",), {"country": "FR", "nationality": ""}, "no agreement", id="France"),
        pytest.param(("content",), {"is_us_person": True}, "US person", id="a US person"),
        pytest.param(("content",), {"is_us_person": None}, "may be, a US person", id="perhaps a US person"),
        pytest.param(("content",), {"country": "US"}, "resides", id="a resident of the United States"),
    ],
)
def test_the_motion_is_not_offered_and_says_why(
    asked: tuple[str, ...], anne: dict[str, object], because: str, staff: Staff, now: datetime
) -> None:
    with pytest.raises(MotionNotOpen, match=because):
        write(warrant(staff, now, *asked, **anne), staff, now, EIGHT)  # type: ignore[arg-type]


def test_the_motion_ends_with_its_fourteenth_day(staff: Staff, now: datetime) -> None:
    case = warrant(staff, now)
    write(case, staff, now + timedelta(days=14), {"A": "Late, but in time."})
    with pytest.raises(MotionNotOpen, match="last day was 14 December 2026"):
        write(case, staff, now + timedelta(days=15), EIGHT)


def test_no_court_is_asked_before_all_eight_factors_speak(staff: Staff, now: datetime) -> None:
    case = warrant(staff, now)
    conflict.assess(case_id=case.pk, finding=MOTION, by=staff.ines, now=now)
    write(case, staff, now, {letter: text for letter, text in EIGHT.items() if letter != "C"})
    with pytest.raises(FactorsMissing, match="nothing yet to: C"):
        challenge(case, staff, now)
    challenge(case, staff, now, Forum.AGENCY)  # the agency is asked without a brief
    write(case, staff, now, {"C": "Up to two years for our staff."})
    challenge(case, staff, now)
    assert case.comity_factors.count() == 8


def test_a_factor_is_written_anew_by_whoever_knows_better(staff: Staff, now: datetime) -> None:
    case = warrant(staff, now)
    write(case, staff, now, {"A": "Great.", "B": ""})
    comity.write_factors(case_id=case.pk, texts={"A": "Small."}, by=staff.paul, now=now)
    factor = case.comity_factors.get()
    assert (factor.letter, factor.text, factor.author) == ("A", "Small.", staff.paul)


def test_the_government_of_her_country_may_be_told_of_the_process(staff: Staff, now: datetime) -> None:
    case = warrant(staff, now)
    assert comity.governments_to_tell(case, now) == {"GB": "UK Home Office Investigatory Powers Unit"}
    notice = tell(case, staff, now)
    comity.record_government_told(notice_id=notice.pk, how="By secure mail.", by=staff.ines, now=now)
    assert case.government_notices.get().sent_at == now
    with pytest.raises(GovernmentNotTold):
        tell(case, staff, now)


def test_its_letter_tells_the_fact_of_process_and_no_more(staff: Staff, now: datetime) -> None:
    case = warrant(staff, now)
    anne = case.targets.get()
    text = comity.government_text(case)
    assert text.splitlines()[0] == f"Our reference {case.reference}"
    assert "legal process under 18 USC 2703 about a customer who is a national or resident of your country" in text
    for name in (anne.value, anne.customer.name, anne.customer.email, case.agency.name):  # type: ignore[union-attr]
        with pytest.raises(LetterSaysTooMuch, match=re.escape(name)):
            tell(case, staff, now, text=f"{text} It is about {name.upper()}.")
    with pytest.raises(Refused, match="text"):
        tell(case, staff, now, text=" ")
    notice = tell(case, staff, now, text=text)
    assert notice.letter
    assert notice.letter.text == text
    entry = LedgerEntry.objects.get(stream=case.stream, payload__kind="government_notice_decided")
    assert len(entry.payload["text"]) == 64


@pytest.mark.parametrize(
    ("instrument", "anne", "country"),
    [
        pytest.param("us_search_warrant", {"country": "FR", "nationality": "FR"}, "FR", id="no agreement"),
        pytest.param("us_search_warrant", {"country": "US", "nationality": "US"}, "GB", id="nobody of that country"),
        pytest.param("foreign_direct", {}, "GB", id="no US process"),
    ],
)
def test_no_other_government_is_told(
    instrument: str, anne: dict[str, object], country: str, staff: Staff, now: datetime
) -> None:
    case = warrant(staff, now, "subscriber", instrument=instrument, **anne)
    with pytest.raises(GovernmentNotTold):
        tell(case, staff, now, country)
