"""Requirement 25: an emergency request of an agency outside the US gets no content (2702(b)(8) + 2711(4)), and
non-content only with counsel's approval. None reaches release without an independent call-back record (number source
stated, number other than the letter's), a named second verifier, the emergency's narrative, the link between data and
danger, and the date of the follow-up paper. Mail authentication results can never satisfy the check.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import User
from cases.actions import call_backs, deciding, productions
from cases.actions.agencies import NumberSourceMissing, find_or_add_officer
from cases.actions.call_backs import NumberNotIndependent, SecondVerifierMissing
from cases.actions.changing import NotForYou, Refused
from cases.actions.productions import NotAuthorised
from cases.models import Agency, Case, Verification
from cases.states import CaseState
from cases.views.acts import ACTS
from intake.models import Submission
from tests import lives
from tests.cases.actions.test_emergency import emergency, propose
from tests.lives import Staff

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def call(case: Case, staff: Staff, now: datetime, **changes: object) -> Verification:
    """Ana calls the number of the county's directory, Paul listens; unless said otherwise."""
    said: dict[str, object] = {
        "number_called": "+1 503 555 0143",
        "number_source": "the county's public directory",
        "evidence": "The desk sergeant confirmed Detective Osei.",
        "second_verifier": staff.paul,
        "by": staff.analyst,
    }
    return call_backs.record_call_back(case_id=case.pk, now=now, **(said | changes))  # type: ignore[arg-type]


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    """Detective Osei's request, with a telephone number in it; the danger stated, nobody called back yet."""
    agency = lives.oseis_agency(now, email_domain="ppb.example")
    officer = find_or_add_officer(agency=agency, name="Osei", email="osei@ppb.example", phone="(503) 555-0199")
    case = lives.received(now, instrument="emergency_disclosure", agency=agency, officer=officer)
    lives.state_danger(case, staff, now)
    lives.authorise(lives.again(case), staff, now)
    return lives.again(case)


def test_with_everything_on_record_it_is_released(case: Case, staff: Staff, now: datetime) -> None:
    call(case, staff, now)
    approval = lives.approved(propose(lives.again(case), staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.ANSWERED


@pytest.mark.parametrize(
    ("field", "empty", "missing"),
    [
        pytest.param("data_to_danger", "", "State how these data avert the danger", id="no link to the danger"),
        pytest.param("follow_up_paper_date", None, "Set the date", id="no date for the paper"),
        pytest.param("is_emergency", False, "An analyst must find", id="only the sender calls it one"),
    ],
)
def test_without(field: str, empty: object, missing: str, case: Case, staff: Staff, now: datetime) -> None:
    call(case, staff, now)
    Case.objects.filter(pk=case.pk).update(**{field: empty})
    with pytest.raises(Refused, match=missing):
        propose(lives.again(case), staff, now)


def test_without_a_call_back_it_is_not_released(case: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(Refused, match="Call the agency back"):
        propose(case, staff, now)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda row, now: {"case": None}, id="of the agency, not of this request"),
        pytest.param(lambda row, now: {"verified_at": now - HOUR}, id="from before it came"),
        pytest.param(lambda row, now: {"revoked_at": now}, id="taken back"),
        pytest.param(lambda row, now: {"expires_at": now + HOUR / 2}, id="long ago"),
        pytest.param(lambda row, now: {"second_verifier": None}, id="nobody vouched for"),
    ],
)
def test_a_call_back_counts_only_if_it_is_not(
    spoil: Callable[[Verification, datetime], dict[str, object]], case: Case, staff: Staff, now: datetime
) -> None:
    row = call(case, staff, now)
    Verification.objects.filter(pk=row.pk).update(**spoil(row, now))
    with pytest.raises(Refused, match=r"Call the agency back|second person"):
        propose(lives.again(case), staff, now + HOUR)


def test_a_call_back_for_another_request_of_the_agency_proves_nothing_here(
    case: Case, staff: Staff, now: datetime
) -> None:
    call(lives.received(now, instrument="emergency_disclosure", agency=case.agency), staff, now)
    with pytest.raises(Refused, match="Call the agency back"):
        propose(lives.again(case), staff, now)
    assert not Agency.objects.get(pk=case.agency_id).is_verified(now)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("+1 503 555 0199", id="the officer's own, written otherwise"),
        pytest.param("503-555-0177", id="the one in the form that came with it"),
        pytest.param("503 555 0188", id="one that a person read in the letter"),
        pytest.param("", id="none at all"),
    ],
)
def test_the_number_called_is_none_of_the_request_s(number: str, case: Case, staff: Staff, now: datetime) -> None:
    Submission.objects.create(
        case=case, channel="portal", received_at=now, agency_name="x", sender_phone="+1 (503) 555-0177"
    )
    with pytest.raises(NumberNotIndependent):
        call(case, staff, now, number_called=number, numbers_in_request=["Call me: 503 555 0188"])


def test_where_the_number_was_found_is_stated(case: Case, staff: Staff, now: datetime) -> None:
    with pytest.raises(NumberSourceMissing):
        call(case, staff, now, number_source=" ")
    with pytest.raises(Refused, match="what was said"):
        call(case, staff, now, evidence="")


def test_the_second_verifier_is_another_person_who_may_work_on_the_case(
    case: Case, staff: Staff, publisher: User, now: datetime
) -> None:
    for nobody in (None, staff.analyst, publisher):
        with pytest.raises(SecondVerifierMissing):
            call(case, staff, now, second_verifier=nobody)
    other_account = User.objects.create_user("ana2@provider.example", "Ana Analyst", "x", person=staff.analyst.person)
    with pytest.raises(SecondVerifierMissing):
        call(case, staff, now, second_verifier=other_account)


def test_authenticated_mail_is_remarked_on_and_is_no_field(staff: Staff) -> None:
    act = ACTS["call-back"]
    assert "Authenticated mail proves nothing" in str(act.about)
    assert not [name for name in act.form.base_fields if "mail" in name or "auth" in name]


def test_content_to_a_foreign_agency_is_impossible(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now, asked=["content"], agency=lives.oseis_agency(now, country="FR"))
    with pytest.raises(NotAuthorised):
        propose(case, staff, now, category="content")


def test_records_go_to_a_foreign_agency_only_as_counsel_approves(staff: Staff, now: datetime) -> None:
    case = emergency(staff, now, agency=lives.oseis_agency(now, country="FR"))
    approval = propose(case, staff, now)
    with pytest.raises(NotForYou):
        deciding.approve(approval_id=approval.pk, digest=approval.digest, decision="", by=staff.analyst, now=now)
    with pytest.raises(Refused, match="not approved"):
        productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    lives.approved(approval, staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.ANSWERED
