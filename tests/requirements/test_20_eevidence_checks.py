"""Requirement 20: an EPOC is checked section by section on intake; what fails proposes the Annex III reason code.

Issuer (Sections I, J) against category, the offence of Section G(c) for traffic and content, the identifier; an Irish
addressee is right; Denmark is not bound, Ireland is.
"""

from datetime import UTC, datetime

import pytest

from cases.actions import letters, preservations, review
from cases.actions.changing import Refused
from cases.actions.letters import NothingFailed
from cases.actions.productions import NotAuthorised
from cases.actions.review import BeyondIssuer, IssuerUnknown, NoteMissing
from cases.models import Answer, Case, Letter
from cases.rules.review import items
from cases.states import ApprovalKind, CaseState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

NOT_ISSUED = "NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION"


def epoc(staff: Staff, now: datetime, *asked: str, country: str = "IE") -> Case:
    agency = lives.oseis_agency(now, country=country)
    return lives.in_review(lives.received(now, instrument="eu_epoc", asked=asked, agency=agency), staff, now)


def issued_by(case: Case, issuer: str, staff: Staff, now: datetime) -> Case:
    review.set_issuer(case_id=case.pk, issuer=issuer, by=staff.analyst, now=now)
    return lives.again(case)


def said(case: Case, item: str) -> tuple[str, str] | None:
    row = case.review_answers.filter(item=item).first()
    return (row.answer, row.note) if row else None


def test_a_prosecutor_orders_no_content_and_annex_iii_says_so(staff: Staff, now: datetime) -> None:
    case = issued_by(epoc(staff, now, "subscriber", "content"), "prosecutor", staff, now)
    answer, reason = said(case, "issuer_entitled") or ("", "")
    assert answer == "no"
    assert "Prosecutor: cannot order content data" in reason
    with pytest.raises(BeyondIssuer, match="content"):
        review.authorise(case_id=case.pk, categories=["subscriber", "content"], reason="", by=staff.ines, now=now)
    offer = letters.offer_for(case)
    assert offer
    assert (offer.kind, offer.reasons) == ("annex_iii", (NOT_ISSUED,))


def test_what_a_prosecutor_can_order_goes_on_once_the_rest_is_cut(staff: Staff, now: datetime) -> None:
    case = issued_by(epoc(staff, now, "subscriber", "content"), "prosecutor", staff, now)
    review.authorise(case_id=case.pk, categories=["subscriber"], reason="Not theirs.", by=staff.ines, now=now)
    assert (said(case, "issuer_entitled") or [""])[0] == "yes"


def test_content_authorised_before_the_issuer_was_known_is_decided_anew(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "subscriber", "content")
    review.authorise(case_id=case.pk, categories=["subscriber", "content"], reason="", by=staff.ines, now=now)
    issued_by(case, "prosecutor", staff, now)
    assert case.targets.get().authorised == []


def test_review_is_not_passed_before_it_is_known_who_issued_it(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "subscriber")
    lives.answer_questions(case, staff, now)
    lives.authorise(case, staff, now)
    with pytest.raises(Refused, match="who issued it"):
        review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    issued_by(case, "prosecutor", staff, now)
    review.pass_review(case_id=case.pk, by=staff.ines, now=now)
    assert lives.again(case).state == CaseState.CONFLICT_CHECK


def test_no_one_else_issues_an_epoc(staff: Staff, now: datetime) -> None:
    with pytest.raises(IssuerUnknown):
        issued_by(epoc(staff, now, "subscriber"), "grand_jury", staff, now)


@pytest.mark.parametrize(("country", "answer"), [("IE", "yes"), ("FR", "yes"), ("DK", "no")])
def test_ireland_is_bound_and_denmark_is_not(country: str, answer: str, staff: Staff, now: datetime) -> None:
    assert (said(epoc(staff, now, "subscriber", country=country), "epoc_bound") or [""])[0] == answer


@pytest.mark.parametrize(
    ("received", "answer"),
    [(datetime(2026, 8, 17, 12, tzinfo=UTC), "no"), (datetime(2026, 8, 18, 12, tzinfo=UTC), "yes")],
    ids=["a day before the Regulation applies", "on its first day"],
)
def test_the_regulation_applies_from_18_august_2026(received: datetime, answer: str, staff: Staff) -> None:
    assert (said(epoc(staff, received, "subscriber"), "epoc_in_force") or [""])[0] == answer


def test_an_irish_addressee_is_no_error() -> None:
    (item,) = [item for item in items("eu_epoc", "FR") if item.code == "epoc_addressee"]
    assert "one in Ireland too" in item.question


@pytest.mark.parametrize(("asked", "expected"), [("subscriber", "not_applicable"), ("traffic", ""), ("content", "")])
def test_the_offence_is_asked_for_traffic_and_content_only(
    asked: str, expected: str, staff: Staff, now: datetime
) -> None:
    assert (said(epoc(staff, now, asked), "epoc_offence") or [""])[0] == expected


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("epoc_sections", "INCOMPLETE"),
        ("epoc_offence", "INCOMPLETE"),
        ("epoc_no_errors", "CONTAINS_MANIFEST_ERRORS"),
        ("specific", "INSUFFICIENT_INFORMATION"),
        ("epoc_traffic_purpose", "TRAFFIC_DATA_REQUESTED_NOT_FOR_IDENTIFYING_USER"),
        ("epoc_service_covered", "SERVICE_NOT_COVERED_BY_REGULATION"),
        ("epoc_no_immunity", "DATA_REQUESTED_IS_PROTECTED_BY_IMMUNITIES"),
        ("epoc_bound", NOT_ISSUED),
    ],
)
def test_what_fails_proposes_its_reason_and_drafts_annex_iii(
    item: str, reason: str, staff: Staff, now: datetime
) -> None:
    case = epoc(staff, now, "identification", "content", country="IE")
    review.answer_item(case_id=case.pk, item=item, answer=Answer.NO, note="A blur.", by=staff.ines, now=now)
    offer = letters.offer_for(case)
    assert offer
    text = letters.text_for(case, offer)
    assert f"\n{reason}: " in text.split("Section D: ")[1].split("Section E: ")[0]
    assert "A blur." in text
    letter = letters.draft_for_defects(case_id=case.pk, text=text, by=staff.ines, now=now)
    assert Letter.objects.get(pk=letter.pk).kind == "annex_iii"


def test_nothing_failed_drafts_nothing(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "subscriber")
    with pytest.raises(NothingFailed):
        letters.draft_for_defects(case_id=case.pk, text="Dear colleague", by=staff.ines, now=now)


def test_a_person_overrules_a_rule_with_a_reason_and_stays_overruling(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "subscriber", country="DK")
    for note in ("", (said(case, "epoc_bound") or ("", ""))[1]):
        with pytest.raises(NoteMissing):
            review.answer_item(case_id=case.pk, item="epoc_bound", answer=Answer.YES, note=note, by=staff.ines, now=now)
    review.answer_item(
        case_id=case.pk, item="epoc_bound", answer=Answer.YES, note="Sent by Sweden for them.", by=staff.ines, now=now
    )
    issued_by(case, "judge", staff, now)  # the rules answer anew
    assert said(case, "epoc_bound") == ("yes", "Sent by Sweden for them.")


def test_what_does_not_apply_says_why(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "subscriber")
    with pytest.raises(NoteMissing, match="does not apply"):
        review.answer_item(
            case_id=case.pk, item="language", answer=Answer.NOT_APPLICABLE, note=" ", by=staff.ines, now=now
        )


def test_content_does_not_leave_where_a_prosecutor_turns_out_to_have_issued_it(staff: Staff, now: datetime) -> None:
    agency = lives.oseis_agency(now, country="IE")
    case = lives.received(now, instrument="eu_epoc", asked=["content"], agency=agency)
    case = lives.notice_pending(case, staff, now)
    lives.answer_proposed(case, staff, now)
    Case.objects.filter(pk=case.pk).update(issuer="prosecutor")
    with pytest.raises(NotAuthorised):
        lives.answer_proposed(lives.again(case), staff, now, kind=ApprovalKind.PRODUCE_PART)


def test_annex_iii_is_filled_in_from_the_case(staff: Staff, now: datetime) -> None:
    case = epoc(staff, now, "content", country="IE")
    review.answer_item(case_id=case.pk, item="epoc_bound", answer=Answer.NO, note="A blur.", by=staff.ines, now=now)
    offer = letters.offer_for(case)
    assert offer
    before = letters.text_for(case, offer)
    assert f"Our reference: {case.reference}" in before
    assert f"Issuing authority: {case.agency.name} (IE)" in before
    assert "Date of receipt: " in before
    assert "Whether the data are preserved, and why not: [to be filled in]" in before
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    assert "Section G: preservation\nThe data are preserved until you reply." in letters.text_for(case, offer)
