"""The pages on which a document is redacted: drawn by clicks, numbers or words, seen as it will be, and proposed."""

import io
from collections.abc import Mapping
from datetime import datetime

import pytest
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from accounts.models import Compartment, CompartmentMembership, User
from cases.models import Case, CaseDocument, Redaction, RedactionBox, RedactionState
from cases.redaction.boxes import Box
from ledger.models import LedgerEntry
from tests import lives
from tests.cases.redacting import SECRET, begun, draw, proposed, shown, with_order
from tests.cases.redaction import papers
from tests.cases.views.conftest import As
from tests.lives import Staff
from vault.actions import destroy_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(staff: Staff, now: datetime) -> Case:
    return lives.received(now)


@pytest.fixture
def original(case: Case, now: datetime) -> CaseDocument:
    return with_order(case, now, pdf=papers.of_pages(3))


@pytest.fixture
def redaction(original: CaseDocument, staff: Staff, now: datetime) -> Redaction:
    return begun(original, staff.ines, now)


@pytest.fixture
def as_ines(signed_in: As, staff: Staff) -> Client:
    return signed_in(staff.ines)


def address(redaction: Redaction, rest: str = "") -> str:
    return f"/cases/{redaction.case.reference}/redactions/{redaction.number}/{rest}"


def send(client: Client, redaction: Redaction, page: int = 1, **fields: object) -> tuple[int, str]:
    """Send the form of a page; return the status, and the page or where it leads."""
    data: Mapping[str, object] = {"reason": "third_party", **fields}
    response = client.post(f"{address(redaction)}?page={page}", data)
    return response.status_code, response.headers.get("Location") or response.content.decode()


def drawn() -> list[tuple[int, float, float, float, float]]:
    return list(RedactionBox.objects.order_by("number").values_list("page", "x0", "y0", "x1", "y1"))


def test_it_begins_at_the_document(original: CaseDocument, as_ines: Client) -> None:
    reference = original.case.reference
    start = f"/cases/{reference}/documents/{original.document_id}/redact/"
    assert start in as_ines.get(f"/cases/{reference}/").content.decode()
    assert "Begin to draw" in as_ines.get(start).content.decode()
    assert as_ines.post(start).headers["Location"] == f"/cases/{reference}/redactions/1/"
    redaction = Redaction.objects.get()
    assert (redaction.customer, len(redaction.sizes)) == (original.case.targets.get().customer, 3)
    assert f"/cases/{reference}/redactions/1/" in as_ines.get(f"/cases/{reference}/").content.decode()


def test_of_a_case_with_several_customers_it_is_asked_who_may_read_it(
    staff: Staff, as_ines: Client, now: datetime
) -> None:
    carla, carl = lives.carla(), lives.carla()
    original = with_order(lives.received(now, customers=[carla, carl]), now)
    start = f"/cases/{original.case.reference}/documents/{original.document_id}/redact/"
    assert as_ines.post(start).status_code == 422
    assert as_ines.post(start, {"audience": "one", "number": "nobody"}).status_code == 422
    assert as_ines.post(start, {"audience": "one", "number": carl.identifier}).status_code == 302
    assert as_ines.post(start, {"audience": "all"}).status_code == 302
    assert [one.customer for one in Redaction.objects.order_by("number")] == [carl, None]


def test_a_document_that_cannot_be_shown_is_refused_in_words(case: Case, as_ines: Client, now: datetime) -> None:
    original = with_order(case, now, pdf=papers.of_pages(201))
    response = as_ines.post(f"/cases/{case.reference}/documents/{original.document_id}/redact/")
    assert response.status_code == 409
    assert "too large to be redacted" in response.content.decode()


def test_two_clicks_make_a_box_in_any_order_of_corners(redaction: Redaction, as_ines: Client) -> None:
    status, page = send(as_ines, redaction, page=2, **{"at.x": 380, "at.y": 492})
    assert (status, drawn()) == (200, [])
    assert 'name="corner" value="0.50000,0.50000"' in page
    assert "corner=0.50000%2C0.50000" in page
    status, leads = send(as_ines, redaction, page=2, corner="0.50000,0.50000", **{"at.x": 76, "at.y": 246})
    assert (status, drawn()) == (302, [(2, 0.1, 0.25, 0.5, 0.5)])
    assert leads.endswith("?page=2&zoom=m")


def test_a_box_without_breadth_is_asked_for_again(redaction: Redaction, as_ines: Client) -> None:
    status, page = send(as_ines, redaction, corner="0.50000,0.50000", **{"at.x": 380, "at.y": 700})
    assert (status, drawn()) == (422, [])
    assert "click on the opposite corner" in page


def test_four_numbers_make_one_too(redaction: Redaction, as_ines: Client) -> None:
    assert send(as_ines, redaction, page=3, left="10", top="12.5", right="60", bottom="20")[0] == 302
    assert drawn() == [(3, 0.1, 0.125, 0.6, 0.2)]


@pytest.mark.parametrize(
    "sides", [{}, {"left": 1}, {"left": 5, "top": 5, "right": 5, "bottom": 9}, {"left": "x"}, {"left": 101}]
)
def test_other_numbers_make_none(redaction: Redaction, as_ines: Client, sides: Mapping[str, object]) -> None:
    assert send(as_ines, redaction, page=1, **sides)[0] == 422
    assert drawn() == []


def test_the_whole_page_is_hidden_by_one_press(redaction: Redaction, as_ines: Client) -> None:
    send(as_ines, redaction, page=2, do="whole")
    assert drawn() == [(2, 0, 0, 1, 1)]


def test_words_are_found_on_all_pages_and_enter_finds_them_too(case: Case, as_ines: Client, now: datetime) -> None:
    original = with_order(case, now)
    redaction = begun(original, case.assignee or User.objects.get(name="Ines Counsel"), now)
    assert send(as_ines, redaction, find=SECRET.lower(), do="find")[0] == 302
    assert send(as_ines, redaction, find=SECRET, do="box")[0] == 302
    (first, second) = drawn()
    assert first == second
    status, page = send(as_ines, redaction, find="Nobody", do="find")
    assert (status, len(drawn())) == (422, 2)
    assert "Nowhere as text" in page


def test_another_reason_needs_words(redaction: Redaction, as_ines: Client) -> None:
    status, page = send(as_ines, redaction, reason="other", do="whole")
    assert (status, drawn()) == (409, [])
    assert "Say why this is hidden" in page
    assert send(as_ines, redaction, reason="other", words="A trade secret", do="whole")[0] == 302
    assert "A trade secret" in as_ines.get(address(redaction)).content.decode()


def test_a_box_is_taken_away_by_its_number(redaction: Redaction, as_ines: Client, staff: Staff, now: datetime) -> None:
    draw(redaction, staff.ines, now, Box(1, 0, 0, 0.1, 0.1), Box(1, 0.2, 0.2, 0.3, 0.3))
    assert send(as_ines, redaction, remove=1)[0] == 302
    assert drawn() == [(1, 0.2, 0.2, 0.3, 0.3)]
    assert send(as_ines, redaction, remove=1)[0] == 409


def test_the_picture_is_as_large_as_the_page_says_and_kept_by_nobody(redaction: Redaction, as_ines: Client) -> None:
    for zoom, width in (("s", 480), ("m", 760), ("l", 1400)):
        response = as_ines.get(address(redaction, f"page.png?page=2&zoom={zoom}"))
        assert Image.open(io.BytesIO(response.content)).width == width
        assert f'width="{width}"' in as_ines.get(f"{address(redaction)}?zoom={zoom}").content.decode()
    assert response["Content-Type"] == "image/png"
    assert set(response["Cache-Control"].split(", ")) == {"no-store", "private"}


def test_on_the_picture_to_draw_on_one_sees_what_a_box_hides_and_on_the_result_not(
    redaction: Redaction, as_ines: Client, staff: Staff, now: datetime
) -> None:
    draw(redaction, staff.ines, now, Box(1, 0.25, 0.25, 0.75, 0.75))
    middle = {}
    for way in ("draw", "burned"):
        image = Image.open(io.BytesIO(as_ines.get(address(redaction, f"page.png?as={way}")).content))
        middle[way] = image.getpixel((380, 492))
    assert middle["burned"] == (0, 0, 0)
    assert min(middle["draw"]) > 150  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "9" * 30])
def test_a_page_that_is_not_there_is_the_first(redaction: Redaction, as_ines: Client, page: str) -> None:
    assert "page 1 of 3" in as_ines.get(f"{address(redaction)}?page={page}").content.decode()
    assert as_ines.get(address(redaction, f"page.png?page={page}")).status_code == 200


@pytest.mark.parametrize("corner", ["", "1", "2,0", "nan,nan", "a,b", "0.1,0.2,0.3"])
def test_a_corner_that_is_none_is_left_out(redaction: Redaction, as_ines: Client, corner: str) -> None:
    assert as_ines.get(address(redaction, f"page.png?corner={corner}")).status_code == 200


def test_it_is_proposed_where_it_is_seen_and_approved_where_the_file_is_seen(
    redaction: Redaction, as_ines: Client, signed_in: As, staff: Staff
) -> None:
    assert "Propose to show this" in as_ines.get(address(redaction, "preview/")).content.decode()
    assert as_ines.post(address(redaction, "preview/"), {"reason": ""}).status_code == 422
    response = as_ines.post(address(redaction, "preview/"), {"reason": "Nothing to hide."})
    assert response.status_code == 302
    paul = signed_in(staff.paul)
    page = paul.get(response.headers["Location"]).content.decode()
    assert page.count("as=burned") == 3
    assert "Nothing is hidden in it." in page
    done = paul.post(response.headers["Location"], {"decision": "approve", "reason": "Seen."})
    assert done.status_code == 302
    assert Redaction.objects.get().approved_at
    assert "Propose to show this" not in as_ines.get(address(redaction, "preview/")).content.decode()


def test_who_drew_is_told_that_another_must_approve(
    redaction: Redaction, as_ines: Client, staff: Staff, now: datetime
) -> None:
    approval = proposed(redaction, staff.analyst, now)
    where = f"/cases/{redaction.case.reference}/approvals/{approval.digest}/"
    response = as_ines.post(where, {"decision": "approve", "reason": "Seen."})
    assert response.status_code == 403
    assert "You drew in this" in response.content.decode()


def test_an_approved_one_shows_no_way_to_draw_and_can_be_withdrawn(
    original: CaseDocument, as_ines: Client, staff: Staff, now: datetime
) -> None:
    redaction = shown(original, staff, now)
    page = as_ines.get(address(redaction)).content.decode()
    assert "Draw this box" not in page
    assert 'type="image"' not in page
    assert send(as_ines, redaction, do="whole")[0] == 409
    withdraw = f"/cases/{original.case.reference}/do/withdraw-redaction/1/"
    assert withdraw in as_ines.get(f"/cases/{original.case.reference}/").content.decode()
    assert as_ines.post(withdraw, {"reason": "A name is left."}).status_code == 302
    assert Redaction.objects.get().state(now) == RedactionState.WITHDRAWN


def test_only_analysts_and_counsel_see_pages(
    redaction: Redaction, original: CaseDocument, signed_in: As, auditor: User, publisher: User, administrator: User
) -> None:
    start = f"/cases/{original.case.reference}/documents/{original.document_id}/redact/"
    for user in (auditor, publisher, administrator):
        client = signed_in(user)
        for where in (start, address(redaction), address(redaction, "page.png"), address(redaction, "preview/")):
            assert client.get(where).status_code == 403
            assert client.post(where).status_code in (403, 405)
    page = signed_in(auditor).get(f"/cases/{original.case.reference}/").content.decode()
    assert "Redaction 1" in page
    assert "/redactions/" not in page
    assert "/redact/" not in page


def test_nobody_outside_of_a_compartment_finds_them_and_every_look_inside_is_on_record(
    redaction: Redaction, original: CaseDocument, signed_in: As, staff: Staff, last_year: datetime
) -> None:
    north = Compartment.objects.create(code="north", name="North")
    Case.objects.filter(pk=redaction.case_id).update(compartment=north)
    CompartmentMembership.objects.create(user=staff.ines, compartment=north, granted_at=last_year)
    start = f"/cases/{original.case.reference}/documents/{original.document_id}/redact/"
    places = (start, address(redaction), address(redaction, "page.png"), address(redaction, "preview/"))
    paul, ines = signed_in(staff.paul), signed_in(staff.ines)
    assert [paul.get(where).status_code for where in places] == [404] * 4
    assert [ines.get(where).status_code for where in places] == [200] * 4
    looks = LedgerEntry.objects.filter(payload__kind="sealed_looked_at", payload__by=staff.ines.pk)
    assert {entry.payload["what"] for entry in looks} == {"redaction"}
    assert looks.count() == 4


def test_one_of_another_case_or_number_is_not_found(redaction: Redaction, as_ines: Client, now: datetime) -> None:
    other = lives.received(now)
    for where in (f"/cases/{other.reference}/redactions/1/", f"/cases/{redaction.case.reference}/redactions/2/"):
        assert as_ines.get(where).status_code == 404


def test_after_the_key_is_destroyed_no_page_is_shown(
    redaction: Redaction, original: CaseDocument, as_ines: Client, now: datetime
) -> None:
    destroy_scope(original.document.scope, by_id=None, now=now)
    assert as_ines.get(address(redaction, "page.png")).status_code == 404
    assert as_ines.get(address(redaction, "page.png?as=burned")).status_code == 404
    assert send(as_ines, redaction, find="word", do="find")[0] == 409
    response = as_ines.post(address(redaction, "preview/"), {"reason": "Nothing to hide."})
    assert (response.status_code, "gone" in response.content.decode()) == (409, True)


def test_a_page_with_many_boxes_asks_the_database_as_often_as_one_with_few(
    redaction: Redaction,
    as_ines: Client,
    staff: Staff,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draw(redaction, staff.ines, now, *(Box(1, 0.001 * place, 0, 0.5, 0.5) for place in range(200)))
    with django_assert_max_num_queries(13):
        as_ines.get(address(redaction))
    with django_assert_max_num_queries(13):
        as_ines.get(address(redaction, "preview/"))
