"""Requirement 7: the reasoned objection to an EPOC, receipt + 10 days: 4 September 2026 → 14 September 2026.

The form rejects a ground that is only "data stored abroad", with no law, provision, applicability or conflict filled.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.actions.letters import record_letter_sent
from cases.actions.reasoned_objections import ObjectionIncomplete, SectionE, object_to_epoc
from cases.models import Case, Letter
from cases.states import ClockState
from tests import lives
from tests.lives import Staff

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 9, 4, 21, 20, tzinfo=UTC)  # 14:20 in Los Angeles
LAST_MOMENT = datetime(2026, 9, 15, 6, 59, tzinfo=UTC)  # 14 September, 23:59 there
OBJECTION = SectionE(
    law="Swiss Criminal Code",
    provision="Art. 271",
    nature="FUNDAMENTAL_INTERESTS_OF_THIRD_COUNTRY",
    why_applicable="The data are handled by staff in Zurich.",
    why_conflict="It forbids acts for a foreign state on Swiss soil.",
    rests_on=("prohibiting_law", "storage_location"),
    consequences="Up to three years.",
)
ONLY_STORED_ABROAD = SectionE(
    law="", provision="", nature="OTHER_INTERESTS", why_applicable="", why_conflict="", rests_on=("storage_location",)
)


@pytest.fixture
def now() -> datetime:
    return RECEIVED


def epoc(staff: Staff, instrument: str = "eu_epoc") -> Case:
    case = lives.received(RECEIVED, instrument=instrument, agency=lives.oseis_agency(RECEIVED, country="FR"))
    return lives.in_review(case, staff, RECEIVED)


def test_it_is_drafted_as_annex_iii_on_its_last_day(staff: Staff) -> None:
    case = epoc(staff)
    letter = object_to_epoc(case_id=case.pk, objection=OBJECTION, by=staff.ines, now=LAST_MOMENT)
    assert letter.kind == "annex_iii"
    for words in (
        "Section D: CONFLICT_OF_LAWS",
        "Title of the law: Swiss Criminal Code",
        "Applicable provision: Art. 271",
        "Nature of the conflicting obligation: fundamental interests of the third country",
        "Consequences for us: Up to three years.",
        "Certificate received on 4 September 2026",
    ):
        assert words in letter.text
    assert "Link between us" not in letter.text
    assert case.clocks.get(rule="epoc_objection").state == ClockState.RUNNING
    record_letter_sent(letter_id=letter.pk, how="e-Evidence system", by=staff.ines, now=LAST_MOMENT)
    assert case.clocks.get(rule="epoc_objection").state == ClockState.MET, "what was filed rings no more"


@pytest.mark.parametrize(
    ("objection", "because"),
    [
        pytest.param(ONLY_STORED_ABROAD, "storage abroad", id="only: the data are stored abroad"),
        pytest.param(ONLY_STORED_ABROAD, "law: nothing is written", id="and nothing of the form is filled"),
        pytest.param(replace(OBJECTION, rests_on=("storage_location",)), "storage abroad", id="in many words"),
        pytest.param(replace(OBJECTION, rests_on=("no_similar_procedure",)), "no ground", id="no such procedure there"),
        pytest.param(replace(OBJECTION, provision=" "), "provision: nothing", id="no provision"),
        pytest.param(replace(OBJECTION, why_conflict=""), "why conflict: nothing", id="no conflict"),
        pytest.param(replace(OBJECTION, nature="WEATHER"), "as the form does", id="no nature of the form"),
    ],
)
def test_what_is_no_objection_is_not_drafted(objection: SectionE, because: str, staff: Staff) -> None:
    case = epoc(staff)
    with pytest.raises(ObjectionIncomplete, match=because):
        object_to_epoc(case_id=case.pk, objection=objection, by=staff.ines, now=RECEIVED)
    assert not Letter.objects.exists()


def test_a_minute_after_its_last_day_it_is_too_late(staff: Staff) -> None:
    too_late = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
    with pytest.raises(ObjectionIncomplete, match="the last day to object was 14 September 2026"):
        object_to_epoc(case_id=epoc(staff).pk, objection=OBJECTION, by=staff.ines, now=too_late)


def test_only_an_epoc_is_objected_to_so(staff: Staff) -> None:
    with pytest.raises(ObjectionIncomplete, match="no such"):
        object_to_epoc(case_id=epoc(staff, "eu_epoc_pr").pk, objection=OBJECTION, by=staff.ines, now=RECEIVED)
