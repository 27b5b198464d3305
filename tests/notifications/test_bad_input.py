"""Names, addresses and words of strangers, at their worst: a notice leaves as it should, or a person sees why not."""

import html
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import cast

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.guesses import ALLOWED
from cases.models import Case, Objection
from cases.states import DutyState
from notifications.actions.planning import plan_notices
from notifications.actions.sending import AFTER_AN_ERROR, send_due
from notifications.catalogue import MAILS
from notifications.envelopes import is_addressable
from notifications.models import Message
from notifications.queries import needing, needy
from notifications.readable import LONGEST, readable
from notifications.states import Because, MessageState, Need
from tests import lives
from tests.fixtures.mail import Sink
from tests.lives import Staff
from tests.notifications.scene import open_door, plan_and_send, token_in

pytestmark = pytest.mark.django_db

BREAKS = "Marion\r\nBcc: mallory@evil.example\r\n\r\n<h1>Pay here</h1>"
OVERRIDE, ISOLATE, POP = "\u202e", "\u2067", "\u202c"


@pytest.fixture(autouse=True)
def _at_this_hour(now: datetime) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(now, tick=False):
        yield


def told(staff: Staff, now: datetime, *, agency: str = "Springfield Police", **fields: object) -> Case:
    """Return a case whose notice was to leave, to a customer of these fields."""
    customers = [lives.carla(**fields)]
    case = lives.received(now, customers=customers, agency=lives.oseis_agency(now, name=agency))
    lives.notice_pending(case, staff, now)
    plan_and_send(now)
    return lives.again(case)


def why(case: Case, staff: Staff, now: datetime) -> tuple[Need, Because | None]:
    """Return what the staff's page says of the only notice of a case."""
    row = needy(needing(staff.ines, now).get(case=case))
    return row.need, row.because


def test_a_name_with_line_breaks_makes_no_header_and_no_paragraph(
    staff: Staff, now: datetime, smtp_sink: Sink, settings: Settings
) -> None:
    settings.WRITDESK = settings.WRITDESK.__class__(**vars(settings.WRITDESK) | {"provider_name": "Carla's host"})
    told(staff, now, agency=BREAKS, name=BREAKS, identifier=f"acct\r\nBcc: {BREAKS}"[:100])
    (letter,) = smtp_sink.letters
    assert letter.message["Bcc"] is None
    assert letter.message.get_all("To") == [letter.recipients[0]]
    assert len(letter.recipients) == 1
    body = letter.message.get_body(("plain",))
    page = letter.message.get_body(("html",))
    assert body
    assert page
    assert not any(line.startswith("Bcc:") for line in body.get_content().splitlines())
    assert "<h1>Pay here" not in page.get_content()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("carla@customer.example\nBcc: mallory@evil.example", id="a line break"),
        pytest.param("carla@customer.example, mallory@evil.example", id="two at once"),
        pytest.param("üte@customer.example", id="not in ASCII before the @"),
        pytest.param("carla@" + "ü" * 80 + ".example", id="a domain that cannot be"),
        pytest.param("carla", id="no address"),
        pytest.param("carla\u202e@customer.example", id="turned around"),
    ],
)
def test_an_address_to_which_no_mail_can_go_is_a_persons_work_at_once(
    address: str, staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    assert not is_addressable(address)
    case = told(staff, now, email=address)
    assert smtp_sink.letters == []
    assert why(case, staff, now) == (Need.FAILED, Because.BAD_ADDRESS)
    assert Message.objects.get(case=case).attempts.count() == 0
    assert plan_and_send(now + timedelta(hours=1)) == 0, "nobody tries it again and again"


def test_a_domain_in_another_script_is_written_to_as_it_is_registered(
    staff: Staff, now: datetime, smtp_sink: Sink
) -> None:
    case = told(staff, now, email="carla@bücher.example")
    assert smtp_sink.letters[0].recipients == ["carla@xn--bcher-kva.example"]
    assert case.duties.get().state == DutyState.DELIVERED


def test_an_address_that_the_relay_refuses_is_a_persons_work(staff: Staff, now: datetime, smtp_sink: Sink) -> None:
    smtp_sink.replies["gone@customer.example"] = "550 5.1.1 no such user"
    case = told(staff, now, email="gone@customer.example")
    assert why(case, staff, now) == (Need.FAILED, Because.REFUSED)


def test_marks_that_turn_text_around_are_gone_from_mails_and_shown_on_pages(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], client: Client
) -> None:
    hostile = f"Police{OVERRIDE}.tcejbo ton od uoY{POP}{ISOLATE}"
    case = told(staff, now, agency=hostile)
    whole = str(mailoutbox[0].body) + str(mailoutbox[0].alternatives[0][0])
    assert not {OVERRIDE, ISOLATE, POP} & set(whole)
    assert "Police.tcejbo ton od uoY" in " ".join(whole.split())
    link = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, link)
    assert not {OVERRIDE, ISOLATE, POP} & set(client.get(link).content.decode())
    client.force_login(staff.ines)
    for path in ("/", f"/cases/{case.reference}/"):
        page = client.get(path, follow=True).content.decode()
        assert "tcejbo" in page
        assert not {OVERRIDE, POP} & set(page)
        assert "Police\N{REPLACEMENT CHARACTER}.tcejbo" in page


def test_a_name_written_from_the_right_is_set_apart_from_our_words() -> None:
    assert readable("משטרת ישראל 5") == "\u2068משטרת ישראל 5\u2069"
    assert readable("County of Marion") == "County of Marion"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("a\u2028b", "a b"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\ud800lone", "lone"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("line\r\nbreak", "line break"),
    ],
)
def test_what_cannot_be_seen_is_not_said(text: str, shown: str) -> None:
    assert readable(text) == shown


def test_a_name_of_100_kilobytes_is_cut_in_a_sentence(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], client: Client
) -> None:
    assert readable("x" * 100_000) == "x" * (LONGEST - 1) + "…"
    case = lives.received(now, customers=[lives.carla(name="x" * 200)], agency=lives.oseis_agency(now, name="y" * 200))
    case.targets.update(value="https://carla.example/" + "z" * 1900)
    lives.notice_pending(case, staff, now)
    plan_and_send(now)
    body = str(mailoutbox[0].body)
    assert "y" * 200 in body
    assert "z" * 400 not in body
    link = f"/notice/{token_in(body)}/"
    open_door(client, link)
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"language": ""}, id="no language"),
        pytest.param({"language": "%s<b>"}, id="a language that is none"),
        pytest.param({"timezone": "Mars/Base"}, id="a zone that is none"),
        pytest.param({"timezone": ""}, id="no zone"),
        pytest.param({"timezone": "Europe"}, id="a folder of zones"),
        pytest.param({"timezone": "../../etc/passwd"}, id="a path"),
        pytest.param({"country": "ZZ"}, id="a country that is none"),
        pytest.param({"country": ""}, id="no country"),
    ],
)
def test_a_customer_of_whom_half_is_wrong_is_told_all_the_same(
    fields: dict[str, str],
    staff: Staff,
    now: datetime,
    mailoutbox: list[EmailMultiAlternatives],
    client: Client,
    settings: Settings,
) -> None:
    settings.WRITDESK = settings.WRITDESK.__class__(**vars(settings.WRITDESK) | {"notice_calendar": "working"})
    case = told(staff, now, **fields)
    assert len(mailoutbox) == 1
    assert case.duties.get().window_ends_at
    link = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, link)
    assert client.get(link).status_code == 200
    client.force_login(staff.ines)
    assert client.get(f"/cases/{case.reference}/").status_code == 200


def test_a_built_in_mail_that_breaks_stops_no_other_and_is_on_the_staffs_page_at_once(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = render_to_string

    def broken(name: str, context: Mapping[str, object] | None = None) -> str:
        if name.startswith("notifications/request_for_data/"):
            raise TemplateSyntaxError("Invalid block tag")
        return whole(name, context)

    monkeypatch.setattr("notifications.saying.render_to_string", broken)
    stopped = lives.notice_pending(lives.received(now), staff, now)
    ended = lives.rejected(lives.in_conflict_check(lives.received(now), staff, now), staff, now)
    assert plan_and_send(now) == 1
    assert ended.duties.get(kind="request").state == DutyState.DELIVERED
    assert why(stopped, staff, now) == (Need.WAITING, Because.BROKEN)
    message = Message.objects.get(case=stopped)
    assert (message.state, message.next_attempt_at) == (MessageState.PLANNED, now + AFTER_AN_ERROR)
    monkeypatch.setattr("notifications.saying.render_to_string", whole)
    assert send_due(now=now + AFTER_AN_ERROR) == 1, "it heals with the next version, and nobody has to ask for it"
    message.refresh_from_db()
    assert (message.state, message.because) == (MessageState.SENT, "")
    assert len(mailoutbox) == 2


def test_a_mail_that_cannot_even_be_chosen_is_waited_for_in_sight(
    staff: Staff, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = lives.notice_pending(lives.received(now), staff, now)
    plan_notices(now=now)
    monkeypatch.setitem(cast("dict[str, object]", MAILS), "request_for_data", None)
    send_due(now=now)
    assert why(stopped, staff, now) == (Need.WAITING, Because.BROKEN)


def test_a_link_guessed_a_thousand_times_is_answered_alike_then_not_at_all_and_carla_still_gets_in(
    staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], caplog: pytest.LogCaptureFixture
) -> None:
    told(staff, now)
    link = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    mallory, carla = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.7")
    answers = [mallory.get(f"/notice/{number:064x}/") for number in range(1000)]
    assert [answer.status_code for answer in answers] == [404] * ALLOWED + [429] * (1000 - ALLOWED)
    assert len({answer.content for answer in answers[:ALLOWED]}) == 1
    assert f"{999:064x}" not in caplog.text
    assert f"{1:064x}" not in caplog.text
    assert mallory.get(link).status_code == 429, "not even a right one"
    open_door(carla, link)
    assert carla.get(link).status_code == 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("No. 👩\u200d💻🇺🇸", "No. 👩\u200d💻🇺🇸", id="emoji"),
        pytest.param("x" * 9_999, "x" * 9_999, id="one long word"),
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="markup"),
        pytest.param(f"No{OVERRIDE}oN", f"No{OVERRIDE}oN", id="turned around"),
    ],
)
def test_what_a_customer_writes_is_kept_as_it_is_and_can_be_read(
    text: str, kept: str, staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], client: Client
) -> None:
    case = told(staff, now)
    link = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, link)
    assert client.post(f"{link}object/", {"text": text}).status_code == 302
    assert Objection.objects.get().text == kept
    client.force_login(staff.ines)
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert OVERRIDE not in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("text", [b"No\x00way", b"No\xff\xfe", b"No\xed\xa0\x80"])
def test_bytes_that_are_no_text_never_break_the_page(
    text: bytes, staff: Staff, now: datetime, mailoutbox: list[EmailMultiAlternatives], client: Client
) -> None:
    told(staff, now)
    link = f"/notice/{token_in(str(mailoutbox[0].body))}/"
    open_door(client, link)
    body = b"text=" + b"".join(b"%%%02x" % byte for byte in text)
    answer = client.post(f"{link}object/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert "Null characters are not allowed" in html.unescape(answer.content.decode())
