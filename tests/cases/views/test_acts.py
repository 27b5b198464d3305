"""The forms of the console: what they ask, what they refuse in words, and that nothing typed is lost."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from accounts.models import Compartment, CompartmentMembership, User
from cases.actions import preservations
from cases.actions.nondisclosure import hold_notices
from cases.actions.objections import receive_objection
from cases.models import Case
from cases.states import ApprovalKind, CaseState, DutyState
from cases.views.acts import ACTS, MOVES, WORK
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.views.conftest import As
from tests.cases.views.states import MAKE
from tests.config.shell.looking import faults_of_source
from tests.lives import Staff

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n98\n%%EOF\n"  # noqa: E501 - one small, valid file


@pytest.fixture
def as_ines(signed_in: As, ines: User) -> Client:
    return signed_in(ines)


@pytest.fixture
def as_ana(signed_in: As, analyst: User) -> Client:
    return signed_in(analyst)


def do(client: Client, case: Case, address: str, status: int = 302, /, **data: object) -> str:
    """Send a form; return the page that answers, or the one that it leads to."""
    response = client.post(f"/cases/{case.reference}/do/{address}/", data)
    assert response.status_code == status, response.content.decode()
    return client.get(response.headers["Location"]).content.decode() if status == 302 else response.content.decode()


@pytest.mark.parametrize("state", MAKE)
def test_every_form_opens_in_every_state_or_is_for_another_role(
    state: CaseState, staff: Staff, as_ines: Client, as_ana: Client, now: datetime
) -> None:
    case = MAKE[state](staff, now)
    for name, act in ACTS.items():
        address = f"/cases/{case.reference}/do/{name}/" + ("1/" if act.rows else "")
        for client, role in ((as_ana, "analyst"), (as_ines, "counsel")):
            response = client.get(address)
            is_theirs = role in act.who
            assert response.status_code in ((200, 404) if act.rows and is_theirs else (200,) if is_theirs else (403,))
            if response.status_code == 200:
                assert faults_of_source(response.content.decode()) == []


@pytest.mark.parametrize("name", [name for name, act in {**MOVES, **WORK}.items() if act.asks and not act.rows])
def test_an_empty_form_says_what_to_fill_in_and_changes_nothing(
    name: str, staff: Staff, as_ines: Client, as_ana: Client, now: datetime
) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    before = LedgerEntry.objects.filter(stream=case.stream).count()
    client = as_ana if "analyst" in ACTS[name].who else as_ines
    response = client.post(f"/cases/{case.reference}/do/{name}/", {})
    assert response.status_code in (302, 409, 422)
    if response.status_code == 422:
        assert "error-summary" in response.content.decode()
    if response.status_code != 302:
        assert LedgerEntry.objects.filter(stream=case.stream).count() == before


@pytest.mark.parametrize(
    "name", ["nothing", "settle-as-notified", "lift-order", "begin-review/1", "lift-order/9", f"lift-order/{10**20}"]
)
def test_what_is_no_act_is_no_page(name: str, as_ines: Client, now: datetime) -> None:
    case = lives.received(now)
    assert as_ines.post(f"/cases/{case.reference}/do/{name}/").status_code == 404


def test_triage_sets_an_emergency_and_takes_it_back(as_ana: Client, now: datetime) -> None:
    case = lives.received(now, instrument="emergency_disclosure")
    assert "A child is held." in do(as_ana, case, "set-emergency", danger="A child is held.")
    assert lives.again(case).is_emergency
    do(as_ana, case, "clear-emergency", reason="The child is home.")
    assert not lives.again(case).is_emergency


def test_the_checklist_keeps_every_answer_and_asks_a_no_for_its_note(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    html = do(as_ines, case, "checklist", 422, facially_valid="no", signed="yes")
    assert "Say what is wrong." in html
    assert '<option value="yes" selected>' in html
    do(as_ines, case, "checklist", facially_valid="no", **{"facially_valid-note": "No signature."}, signed="yes")
    said = case.review_answers.exclude(answered_by=None)
    assert dict(said.values_list("item", "answer")) == {"facially_valid": "no", "signed": "yes"}
    do(as_ines, case, "checklist", facially_valid="no", **{"facially_valid-note": "No signature."}, signed="yes")
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="review_answered").count() == 2


def test_what_is_cut_needs_a_reason(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(
        lives.received(now, instrument="us_search_warrant", asked=("subscriber", "content")), staff, now
    )
    html = do(as_ines, case, "authorise", 409, categories="subscriber")
    assert "Give the reason for what was asked and cut." in html
    do(as_ines, case, "authorise", categories="subscriber", reason="Too broad.")
    assert case.targets.get().authorised == ["subscriber"]


def test_an_assessment_says_what_it_still_lacks(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    found = {
        "outcome": "comity_objection",
        "rests_on": "residence",
        "role": "controller",
        "reason": "They live in Germany.",
    }
    html = do(as_ines, case, "assess", 409, **found)
    assert "They live in Germany." in html
    do(as_ines, case, "assess", **found, law="gdpr_48", provision="Art. 48", residence="DE")
    assert case.assessments.get().is_conflict
    assert "Another counsel decides" in do(as_ines, case, "go-on", reason="Subscriber data only.")


def test_a_customer_is_found_by_number_or_added(as_ana: Client, now: datetime) -> None:
    case = lives.received(now, customers=[])
    case.targets.create(kind="domain", value="shop.example", asked=["subscriber"])
    html = do(as_ana, case, "match-customer", 422, identifier="c-1", language="en", role="person", timezone="Mars")
    assert "Write a time zone such as Europe/Berlin." in html
    fields = {"language": "fr", "role": "person", "timezone": "Europe/Paris", "email": "c@shop.example"}
    do(as_ana, case, "match-customer", identifier="c-1", **fields)
    customer = case.targets.get().customer
    assert customer is not None
    assert (customer.identifier, customer.language) == ("c-1", "fr")


def test_an_order_with_its_document_holds_notices_and_names_who_was_told(
    staff: Staff, as_ana: Client, now: datetime
) -> None:
    case = lives.notified(lives.received(now), staff, now)
    order = {
        "basis": "us_2705b",
        "provision": "18 USC 2705(b)",
        "zone": "America/Los_Angeles",
        "first_day": "2026-11-30",
        "ends": "day",
    }
    assert "Enter the last day on which the order binds." in do(as_ana, case, "record-order", 422, **order)
    wrong = do(as_ana, case, "record-order", 422, **order, last_day="2026-11-01")
    assert "Enter a last day that is not before the first." in wrong
    document = SimpleUploadedFile("order.pdf", PDF, "application/pdf")
    html = do(as_ana, case, "record-order", **order, last_day="2027-05-15", document=document)
    assert "1 customer had been told before" in html
    assert case.orders.get().document is not None
    assert case.documents.get().role == "order"


def test_a_paper_that_only_asks_is_no_order_and_leaves_no_document(as_ana: Client, now: datetime) -> None:
    case = lives.received(now)
    html = do(
        as_ana,
        case,
        "record-order",
        409,
        basis="bare_request",
        provision="a letter",
        zone="UTC",
        first_day="2026-11-30",
        ends="unknown",
        document=SimpleUploadedFile("letter.pdf", PDF, "application/pdf"),
    )
    assert "only a court order or a statute does" in html
    assert 'value="a letter"' in html
    assert not case.documents.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "This file is empty", id="empty"),
        pytest.param(PDF[:60], "damaged or incomplete", id="truncated"),
        pytest.param(b"MZ\x90\x00" + b"\x00" * 64, "This kind of file is not accepted", id="a program called PDF"),
    ],
)
def test_an_unusable_document_is_refused_beside_its_field(
    content: bytes, words: str, as_ana: Client, now: datetime
) -> None:
    case = lives.received(now)
    upload = SimpleUploadedFile("warrant.pdf", content, "application/pdf")
    assert words in do(as_ana, case, "add-document", 422, role="process", document=upload)
    assert not case.documents.exists()


def test_orders_are_extended_lifted_and_challenged_by_their_place_in_the_case(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    case = lives.received(now)
    lives.brandts_order(case, staff, now, last_day=date(2026, 12, 20))
    do(as_ines, case, "extend-order/1", new_last_day="2027-01-20", decided_on="2026-11-30")
    assert case.orders.get().last_day == date(2027, 1, 20)
    html = do(as_ines, case, "extend-order/1", 409, new_last_day="2026-12-01", decided_on="2026-11-30")
    assert "The new last day must be later than the old one." in html
    do(as_ines, case, "challenge-order/1", ground="No end.", forum="court", forum_name="D. Or.", last_day="2026-12-30")
    do(as_ines, case, "resolve-order-challenge/1", result="lifted")
    assert case.orders.get().lifted_at == now
    assert "already" in do(as_ines, case, "lift-order/1", 409, reason="By the court.")


def test_an_extension_that_came_too_late_stays_on_record_though_refused(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    ended = now.date() - timedelta(days=2)
    case = lives.withheld(lives.received(now - timedelta(days=9)), staff, now - timedelta(days=9), ended)
    duty = case.duties.get()
    duty.state, duty.delivered_at = DutyState.DELIVERED, now
    duty.save()
    html = do(as_ines, case, "extend-order/1", 409, new_last_day="2027-01-20", decided_on="2026-11-30")
    assert "It is on record." in html
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="order_extended").exists()


def test_what_arrived_is_looked_at_once(as_ana: Client, now: datetime) -> None:
    case = lives.received(now)
    hold_notices(case_id=case.pk, source="submission:1", because="thread", now=now)
    do(as_ana, case, "look-at-hold/1", 422)
    do(as_ana, case, "look-at-hold/1", looked="on")
    assert "Somebody has looked at this already." in do(as_ana, case, "look-at-hold/1", 409, looked="on")


def test_a_preservation_is_recorded_confirmed_and_ended(as_ana: Client, now: datetime) -> None:
    case = lives.received(now, instrument="us_preservation")
    do(as_ana, case, "preserve", rule="sca_preservation")
    do(as_ana, case, "confirm-hold/1")
    do(as_ana, case, "extend-hold/1", asked_on="2026-12-01")
    assert "prolonged once already" in do(as_ana, case, "extend-hold/1", 409, asked_on="2026-12-02")
    do(as_ana, case, "release-hold/1", 422)
    do(as_ana, case, "release-hold/1", reason="Osei asked for nothing more.")
    assert case.preservations.get().released_at == now


def test_a_hold_whose_time_is_over_asks_for_its_release_unless_another_keeps_the_data(
    as_ana: Client, now: datetime
) -> None:
    case = lives.received(now, instrument="us_preservation")
    do(as_ana, case, "preserve", rule="sca_preservation")
    case.preservations.update(ends_date=date(2026, 11, 29))
    preservations.lapse(now=now)
    assert "Time over: release it" in as_ana.get(case.get_absolute_url()).content.decode()
    html = do(as_ana, case, "preserve", rule="interim")
    assert "Time over: another hold keeps the data" in html
    assert "Time over: release it" not in html


def test_objections_are_answered_step_by_step(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    receive_objection(duty_id=case.duties.get().pk, text="No.", now=now)
    do(as_ines, case, "ask-proof/1")
    do(as_ines, case, "show-proof/1")
    assert "Another counsel decides" in do(as_ines, case, "decide-objection/1", decision="The warrant stands.")
    do(as_ines, case, "court-decision/1", decision="D. Or. denied the motion.")
    assert "ended already" in do(as_ines, case, "court-decision/1", 409, decision="Again.")


def test_notices_are_withheld_shortened_or_tried_again(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    fields = {"basis_code": "child_safety", "reason": "A child may be in the house."}
    html = do(as_ines, case, "withhold/1", 409, **fields, review_date="2026-11-30")
    assert "Choose a day in the future" in html
    do(as_ines, case, "withhold/1", **fields, review_date="2026-12-30")
    assert case.approvals.get().kind == ApprovalKind.WITHHOLD
    lives.fail(case.duties.get(), now)
    do(as_ines, case, "try-again/1")
    assert case.duties.get().state == DutyState.PENDING
    told = lives.notified(lives.received(now), staff, now)
    do(as_ines, told, "shorten-window/1", last_day="2026-12-03", reason="The return date.")
    assert told.approvals.get().kind == ApprovalKind.SHORTEN_WINDOW


def test_letters_are_sent_or_dropped_once(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.rejected(lives.in_review(lives.received(now), staff, now), staff, now)
    assert "How it was sent" in do(as_ana, case, "letter-sent/1", 422)
    do(as_ana, case, "letter-sent/1", how="by post")
    assert "no longer a draft" in do(as_ana, case, "drop-letter/1", 409)


def test_a_refused_release_keeps_its_files(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    sent = {"result-subscriber": "produced", "items": "A", "reason": "Complete."}
    upload = SimpleUploadedFile("subscriber.pdf", PDF, "application/pdf")
    html = do(as_ines, case, "answer", 409, **sent, uploads=upload)
    assert "A customer may still object" in html
    kept = case.documents.get()
    assert f'value="{kept.document_id}"' in html
    assert "checked" in html.split(f'value="{kept.document_id}"')[1][:120]


def test_sealing_lists_who_has_seen_the_case_and_hides_it_from_them(
    staff: Staff, as_ines: Client, as_ana: Client, last_year: datetime, now: datetime
) -> None:
    case = lives.received(now)
    as_ana.get(f"/cases/{case.reference}/")
    compartment = Compartment.objects.get(code="national-security")
    assert "Choose an answer" in do(as_ines, case, "seal", 422, compartment="")
    do(as_ines, case, "seal", 422, compartment="national-security")
    CompartmentMembership.objects.create(user=staff.ines, compartment=compartment, granted_at=last_year)
    html = do(as_ines, case, "seal", compartment="national-security")
    assert "1 person outside the compartment has seen this case, and keeps knowing it: Ana Analyst." in html
    assert as_ana.get(f"/cases/{case.reference}/").status_code == 404


def test_a_case_is_assigned_to_who_may_know_of_it(
    staff: Staff, as_ines: Client, last_year: datetime, now: datetime
) -> None:
    compartment = Compartment.objects.get(code="national-security")
    CompartmentMembership.objects.create(user=staff.ines, compartment=compartment, granted_at=last_year)
    case = lives.received(now, instrument="us_nsl")
    html = do(as_ines, case, "assign", 409, assignee=staff.paul.email)
    assert "Paul Counsel may not know of this case." in html
    do(as_ines, case, "assign", assignee=staff.ines.email)
    assert lives.again(case).assignee == staff.ines


def test_a_form_sent_twice_is_done_once_and_says_what_happened(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.received(now)
    seen = LedgerEntry.objects.filter(stream=case.stream).count()
    do(as_ana, case, "preserve", rule="interim", seen=seen)
    html = do(as_ana, case, "preserve", 409, rule="interim", seen=seen)
    assert "This case has changed since you opened this form." in html
    assert "Preservation recorded (interim)" in html
    assert case.preservations.count() == 1
    html = do(as_ana, case, "preserve", 409, rule="interim", seen=seen + 1)
    assert "The data is kept under this rule already" in html


def test_what_was_typed_survives_that_somebody_else_was_faster(staff: Staff, as_ines: Client, now: datetime) -> None:
    case = lives.in_review(lives.received(now), staff, now)
    seen = LedgerEntry.objects.filter(stream=case.stream).count()
    preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.paul, now=now)
    html = do(as_ines, case, "reject", 409, ground="overbroad", text="It asks for everything.", seen=seen)
    assert "It asks for everything." in html
    assert f'name="seen" value="{seen + 1}"' in html
    assert lives.again(case).state == CaseState.LEGAL_REVIEW


def test_a_case_that_moved_on_is_not_moved_again(staff: Staff, as_ana: Client, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    do(as_ana, case, "begin-review")
    html = do(as_ana, case, "begin-review", 409)
    assert "This case is in “Legal review” now. Look at it again." in html


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_wins_and_the_other_is_told(staff: Staff, signed_in: As, now: datetime) -> None:
    case = lives.verified(lives.received(now), staff, now)
    clients = [signed_in(staff.analyst), signed_in(staff.analyst)]
    together, answers = Barrier(2), []

    def press(client: Client) -> None:
        together.wait()
        answers.append(client.post(f"/cases/{case.reference}/do/begin-review/").status_code)
        connections.close_all()

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert LedgerEntry.objects.filter(stream=case.stream, payload__kind="review_begun").count() == 1


def test_a_forged_form_is_refused(analyst: User, now: datetime) -> None:
    case = lives.received(now)
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    assert client.post(f"/cases/{case.reference}/do/preserve/", {"rule": "interim"}).status_code == 403
    assert not case.preservations.exists()
