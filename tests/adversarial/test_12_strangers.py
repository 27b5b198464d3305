"""Invariant 12, and everybody who has no business here: no verification, no role, no sign-in, a forged form."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.db.models import Q
from django.test import Client

from accounts.models import Role, User
from cases.actions import conflict, productions, review
from cases.actions.agencies import revoke_verification
from cases.actions.changing import Refused
from cases.forms.approvals import DECISIONS
from cases.models import Case, Customer, Verification
from cases.states import CaseState
from cases.views.acts import ACTS
from ledger.models import LedgerEntry
from notifications.models import CustomerLink
from tests import lives
from tests.adversarial.addresses import Address, every_address
from tests.adversarial.racing import while_it_waits
from tests.fixtures.staff import make_staff
from tests.intake.sending import file, send
from tests.lives import Staff

pytestmark = pytest.mark.django_db

LATER = timedelta(days=15)
NO_DOCUMENT = "00000000-0000-4000-8000-000000000000"

# What anybody may open: each answers a stranger with nothing of any case, as its own tests show.
PUBLIC = frozenset(
    {
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "intake:submit",
        "intake:receipt",
        "notifications:notice",
        "notifications:objection",
        "notifications:agreement",
        "notifications:withdrawal",
        "notifications:receipt",
        "reports:public",
        "reports:public_report",
        "reports:public_revision",
        "reports:download",
    }
)

# No session counts there, and no form: who calls signs what they send (tests/notifications/test_hooks.py).
SIGNED = frozenset({"notifications:mail_hook", "notifications:messaging_hook"})


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def paths(staff: Staff, now: datetime) -> dict[str, list[str]]:
    """Every address by name, filled so that it hits something real: a case that can be answered in a moment."""
    case = lives.notified(lives.received(now, agency=lives.oseis_agency(now, email_domain="ppb.example")), staff, now)
    proposal = lives.answer_proposed(case, staff, now + LATER)
    blanks: dict[str, object] = {
        "reference": case.reference,
        "number": 1,
        "digest": proposal.digest,
        "country": "US",
        "kind": case.agency.kind,
        "domain": "ppb.example",
        "token": "x" * 32,
        "key": "x" * 32,
        "label": "2018-H2",
        "revision": 1,
        "ext": "json",
        "verb": "give",
        "noun": "role",
        "code": "counsel",
        "uidb36": "1",
        "mail": "outcome",
        "language": "en",
    }

    def filled(address: Address) -> list[str]:
        if "reference" in address.blanks:
            own: list[dict[str, object]] = [{"name": name, "pk": NO_DOCUMENT} for name in ACTS]
        else:
            own = [{"name": case.agency.name, "pk": staff.analyst.pk}]
        return [address.filled(blanks | names) for names in (own if "name" in address.blanks else own[:1])]

    return {address.name: filled(address) for address in every_address()}


def changes() -> int:
    """Return how many entries the ledger has but for those of who tried what."""
    tried = Q(stream__startswith="access:") | Q(payload__kind="approval_blocked")
    return LedgerEntry.objects.exclude(tried).count()


def assert_shut(client: Client, paths: dict[str, list[str]], *, but: frozenset[str] = frozenset()) -> None:
    written = changes()
    for name in sorted(paths.keys() - but):
        for path in paths[name]:
            for ask in (client.get, partial(client.post, data={"reason": "x", "text": "x", "seen": "0"})):
                response = ask(path)
                assert response.status_code in (302, 403, 404, 405), path
                if response.status_code == 302:
                    assert response.headers["Location"].startswith("/sign-in/"), path
    assert changes() == written


def test_a_stranger_is_shown_in_nowhere(paths: dict[str, list[str]], client: Client) -> None:
    assert paths.keys() >= PUBLIC
    assert_shut(client, paths, but=PUBLIC | SIGNED)


def test_staff_without_a_role_get_no_further_than_their_own_account(
    paths: dict[str, list[str]], last_year: datetime
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_staff("Nora Norole", since=last_year))
    account = {name for name in paths if name.startswith(("account_", "mfa_", "accounts:appearance"))}
    assert_shut(client, paths, but=PUBLIC | SIGNED | account)


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_whoever_works_no_cases_changes_none(role: Role, paths: dict[str, list[str]], last_year: datetime) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_staff("Rolf Roleholder", role, since=last_year))
    written = changes()
    acts = [(path, "approve") for path in (*paths["cases:act"], *paths["cases:act_on_row"])]
    decisions = [(path, name) for path in paths["cases:approval"] for name, _words in DECISIONS]
    for path, decision in (*acts, *decisions):
        sent = {"reason": "x", "text": "x", "seen": "0", "decision": decision}
        assert client.post(path, sent).status_code in (403, 404), path
    assert changes() == written


def test_a_form_that_another_site_forged_changes_nothing_anywhere(
    paths: dict[str, list[str]], staff: Staff, last_year: datetime
) -> None:
    """Whoever is lured there holds every role; their browser sends the session along."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(make_staff("Lea Lured", *Role, since=last_year))
    written = LedgerEntry.objects.count()
    for name, addresses in paths.items():
        for path in addresses:
            response = client.post(path, {"reason": "x"}, headers={"Origin": "https://mallory.example"})
            refusals = (401, 404) if name in SIGNED else (403,)
            assert response.status_code in refusals, f"{name}: {path}"
    assert LedgerEntry.objects.count() == written
    assert client.session.get("_auth_user_id"), "the forged sign-out did nothing either"


def test_an_unverified_agency_gets_no_further_than_review(staff: Staff, now: datetime) -> None:
    case = lives.received(now)
    with pytest.raises(Refused, match="Verify the agency"):
        review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    lives.state_danger(case, staff, now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    with pytest.raises(Refused, match="Verify the agency"):
        lives.pass_review(lives.again(case), staff, now)
    assert lives.again(case).state == CaseState.LEGAL_REVIEW


def test_a_verification_that_ends_while_the_case_is_worked_on_stops_it(staff: Staff, now: datetime) -> None:
    case = lives.notified(lives.received(now), staff, now)
    approval = lives.approved(lives.answer_proposed(case, staff, now + LATER), staff, now + LATER)
    year_later = now + timedelta(days=366)
    with pytest.raises(Refused, match="Verify the agency"):
        productions.release(approval_id=approval.pk, by=staff.ines, now=year_later)


@pytest.mark.django_db(transaction=True)
def test_a_verification_taken_back_while_the_release_waits_stops_it(staff: Staff, now: datetime) -> None:
    case, later = lives.notified(lives.received(now), staff, now), now + LATER
    approval = lives.approved(lives.answer_proposed(case, staff, later), staff, later)
    verification = Verification.objects.get()
    refused = while_it_waits(
        case,
        partial(productions.release, approval_id=approval.pk, by=staff.ines, now=later),
        partial(revoke_verification, verification_id=verification.pk, by=staff.paul, now=later),
    )
    assert isinstance(refused, Refused)
    assert lives.again(case).is_open


def test_the_senders_tick_starts_no_emergency_and_no_faster_clock(client: Client, staff: Staff) -> None:
    assert send(client, file(), emergency="on").status_code == 302
    assert send(client, file()).status_code == 302
    ticked, plain = Case.objects.order_by("pk")
    assert (ticked.is_emergency, ticked.danger) == (False, "")
    assert list(ticked.clocks.values_list("rule", flat=True)) == list(plain.clocks.values_list("rule", flat=True))


def test_a_receipt_is_the_same_whether_we_know_the_customer_or_not(client: Client) -> None:
    """Mallory tries accounts: neither the answer to the form nor the receipt tells one that exists from another."""
    Customer.objects.create(identifier="carla", name="Carla Moreau", email="carla@customer.example")
    answers = []
    for target in ("carla", "nobody-of-that-name"):
        response = send(client, file(), targets=target)
        receipt = client.get(response.headers["Location"]).text
        case = Case.objects.latest("pk")
        hidden = (case.reference, response.headers["Location"].split("/")[-2])
        for word in hidden:
            receipt = receipt.replace(word, "…")
        answers.append((response.status_code, receipt))
    assert answers[0] == answers[1]
    assert Case.objects.filter(targets__customer__isnull=False).count() == 1


def test_a_guessed_link_of_a_customer_says_what_a_link_to_nothing_says(
    client: Client, staff: Staff, now: datetime
) -> None:
    case = lives.notice_pending(lives.received(now), staff, now)
    assert not CustomerLink.objects.exists()
    for path in (f"/notice/{'x' * 43}/", f"/notice/{case.reference}/", f"/notice/{case.duties.get().pk}/"):
        assert client.get(path).status_code == 404
        assert case.reference not in client.get(path).text.replace(path, "")


def test_an_analyst_is_no_counsel(staff: Staff, analyst: User, now: datetime) -> None:
    case = lives.in_conflict_check(lives.received(now), staff, now)
    with pytest.raises(Refused, match="Only counsel"):
        conflict.assess(case_id=case.pk, finding=lives.NO_CONFLICT, by=analyst, now=now)
