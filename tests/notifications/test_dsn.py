"""Reports of delivery as mail servers write them, and everything else that comes to the same address."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.dsn import LARGEST, NotAReport, Report, read
from notifications.states import EventKind

KEY = "0123456789abcdef0123456789abcdef"

POSTFIX = f"""\
Return-Path: <>
Received: by relay.provider.example (Postfix) id 4XyzAB; Mon, 30 Nov 2026 12:00:03 +0000 (UTC)
Date: Mon, 30 Nov 2026 12:00:03 +0000 (UTC)
From: MAILER-DAEMON@relay.provider.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: reports@provider.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XyzAB.1796040003/relay.provider.example"
Message-Id: <20261130120003.4XyzAB@relay.provider.example>

This is a MIME-encapsulated message.

--4XyzAB.1796040003/relay.provider.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host relay.provider.example.

<carla@customer.example>: host mx.customer.example[192.0.2.25] said: 550 5.1.1
    <carla@customer.example>: Recipient address rejected (in reply to RCPT TO command)

--4XyzAB.1796040003/relay.provider.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.provider.example
Original-Envelope-Id: {KEY}
X-Postfix-Queue-ID: 4XyzAB
X-Postfix-Sender: rfc822; reports@provider.example
Arrival-Date: Mon, 30 Nov 2026 12:00:01 +0000 (UTC)

Final-Recipient: rfc822; carla@customer.example
Original-Recipient: rfc822;carla@customer.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.customer.example
Diagnostic-Code: smtp; 550 5.1.1 <carla@customer.example>: Recipient address rejected

--4XyzAB.1796040003/relay.provider.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <reports@provider.example>
From: Harbour Mail <legal@provider.example>
To: carla@customer.example
Message-ID: <{KEY}@provider.example>
Subject: A notice about your account

--4XyzAB.1796040003/relay.provider.example--
"""

EXCHANGE = f"""\
From: "Microsoft Outlook" <postmaster@customer.example>
To: <reports@provider.example>
Date: Mon, 30 Nov 2026 12:00:09 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="d1e7a9b2-5a0f-4c3e-9d7e-0a1b2c3d4e5f"
Content-Language: en-US
Subject: Undeliverable: A notice about your account
In-Reply-To: <{KEY}@provider.example>
MIME-Version: 1.0

--d1e7a9b2-5a0f-4c3e-9d7e-0a1b2c3d4e5f
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="17c2bd09-0a0f-4df4-9a5a-000000000000"

--17c2bd09-0a0f-4df4-9a5a-000000000000
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:=0A=0Acarla@customer.example

--17c2bd09-0a0f-4df4-9a5a-000000000000
Content-Type: text/html; charset="us-ascii"

<html><body>Delivery has failed</body></html>

--17c2bd09-0a0f-4df4-9a5a-000000000000--

--d1e7a9b2-5a0f-4c3e-9d7e-0a1b2c3d4e5f
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0EX01.customer.example
Received-From-MTA: dns;relay.provider.example
Arrival-Date: Mon, 30 Nov 2026 12:00:08 +0000

Final-Recipient: rfc822;carla@customer.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException
X-Display-Name: Carla Moreau

--d1e7a9b2-5a0f-4c3e-9d7e-0a1b2c3d4e5f
Content-Type: message/rfc822

Received: from relay.provider.example (192.0.2.1) by AM0EX01.customer.example
From: Harbour Mail <legal@provider.example>
To: <carla@customer.example>
Subject: A notice about your account
Message-ID: <{KEY}@provider.example>
Content-Type: text/plain

Dear Carla

--d1e7a9b2-5a0f-4c3e-9d7e-0a1b2c3d4e5f--
"""

GMAIL = f"""\
Delivered-To: reports@provider.example
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: reports@provider.example
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: <{KEY}@provider.example>
In-Reply-To: <{KEY}@provider.example>
X-Failed-Recipients: carla@customer.example
MIME-Version: 1.0
Content-Type: multipart/report; boundary="000000000000e5f1a205f0a1b2c3"; report-type=delivery-status

--000000000000e5f1a205f0a1b2c3
Content-Type: multipart/related; boundary="000000000000e5f47e05f0a1b2d0"

--000000000000e5f47e05f0a1b2d0
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: base64

PGh0bWw+PC9odG1sPg==
--000000000000e5f47e05f0a1b2d0--
--000000000000e5f1a205f0a1b2c3
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; legal@provider.example
Arrival-Date: Mon, 30 Nov 2026 04:00:00 -0800 (PST)
X-Original-Message-ID: <{KEY}@provider.example>

Final-Recipient: rfc822; carla@customer.example
Action: delayed
Status: 4.4.1
Diagnostic-Code: smtp; The recipient server did not accept our requests to connect.
Last-Attempt-Date: Mon, 30 Nov 2026 05:00:00 -0800 (PST)
Will-Retry-Until: Thu, 03 Dec 2026 04:00:00 -0800 (PST)

--000000000000e5f1a205f0a1b2c3
Content-Type: message/rfc822

From: Harbour Mail <legal@provider.example>
To: carla@customer.example
Message-ID: <{KEY}@provider.example>
Subject: =?utf-8?q?A_notice?=

--000000000000e5f1a205f0a1b2c3--
"""


def of(text: str) -> bytes:
    """A report as it stands on the wire."""
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(POSTFIX, EventKind.BOUNCED, id="Postfix"),
        pytest.param(EXCHANGE, EventKind.BOUNCED, id="Exchange"),
        pytest.param(GMAIL, EventKind.DELAYED, id="Gmail"),
        pytest.param(POSTFIX.replace("Action: failed", "Action: delivered"), EventKind.DELIVERED, id="it arrived"),
        pytest.param(POSTFIX.replace("Action: failed", "ACTION: Failed "), EventKind.BOUNCED, id="in other letters"),
    ],
)
def test_a_report_names_the_message_and_what_became_of_it(text: str, kind: EventKind) -> None:
    for mail in (of(text), text.encode()):
        assert (read(mail).key, read(mail).kind) == (KEY, kind)


def test_the_same_report_has_the_same_name_and_another_another() -> None:
    assert read(of(POSTFIX)).event_id == read(of(POSTFIX)).event_id != read(of(POSTFIX + "\n")).event_id


def test_without_our_envelope_s_id_the_message_id_that_came_back_says_whose_it_is() -> None:
    assert read(of(POSTFIX.replace(f"Original-Envelope-Id: {KEY}\n", ""))).key == KEY


def test_headers_that_came_back_in_another_encoding_are_read() -> None:
    headers = f"Message-ID: <{KEY[:20]}=\n{KEY[20:]}@provider.example>"
    encoded = "text/rfc822-headers\nContent-Transfer-Encoding: quoted-printable"
    text = POSTFIX.replace(f"Original-Envelope-Id: {KEY}\n", "").replace("text/rfc822-headers", encoded)
    assert read(of(text.replace(f"Message-ID: <{KEY}@provider.example>", headers))).key == KEY


def test_of_several_recipients_the_worst_counts() -> None:
    both = POSTFIX.replace(
        "Final-Recipient: rfc822; carla",
        "Final-Recipient: rfc822; list@customer.example\nAction: delivered\n\nFinal-Recipient: rfc822; carla",
    )
    assert read(of(both)).kind == EventKind.BOUNCED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "not a report", id="nothing"),
        pytest.param("Subject: Re: A notice\n\nI am on holiday.\n", "not a report", id="an answer"),
        pytest.param(
            f"Subject: away\nAuto-Submitted: auto-replied\nIn-Reply-To: <{KEY}@provider.example>\n\nBack soon.",
            "not a report",
            id="an automatic answer",
        ),
        pytest.param(
            POSTFIX.replace("multipart/report; report-type=delivery-status", "multipart/mixed"),
            "not a report",
            id="mixed",
        ),
        pytest.param(POSTFIX.replace("Action: failed", "Action: relayed"), "nothing that we act on", id="relayed"),
        pytest.param(POSTFIX.replace("Action: failed", "Action: expanded"), "nothing that we act on", id="a list"),
        pytest.param(POSTFIX.replace("Action: failed\n", ""), "nothing that we act on", id="no action"),
        pytest.param(POSTFIX.replace(KEY, "4XyzAB"), "no message of ours", id="of another's mail"),
        pytest.param(
            "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/disposition-notification\n\n"
            "Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n",
            "nothing that we act on",
            id="a receipt for reading",
        ),
        pytest.param(POSTFIX.replace("message/delivery-status", "text/plain"), "nothing that we act on", id="as text"),
        pytest.param("Content-Type: multipart/report\n\nno boundary", "nothing that we act on", id="without parts"),
    ],
)
def test_what_is_no_report_says_why(text: str, why: str) -> None:
    with pytest.raises(NotAReport, match=why):
        read(of(text))


def test_a_huge_mail_is_not_read() -> None:
    with pytest.raises(NotAReport, match="larger"):
        read(of(POSTFIX) + b" " * LARGEST)


def nested(levels: int) -> bytes:
    opened = [f"Content-Type: multipart/report; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(levels)]
    return "".join(opened).encode()


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(nested(3000), id="nested without end"),
        pytest.param(b"Content-Type: message/rfc822\r\n\r\n" * 3000, id="mail in mail without end"),
        pytest.param(of(POSTFIX).replace(b"us-ascii", b"x-no-such-charset"), id="an unknown charset"),
        pytest.param(of(EXCHANGE).replace(b"quoted-printable", b"x-uuencode"), id="another encoding"),
        pytest.param(of(GMAIL).replace(b"PGh0", b"\xff\xfe\x00"), id="bytes that are no base64"),
        pytest.param(of(POSTFIX).replace(b"text/rfc822-headers", b"text/rfc822-headers; charset=utf-7"), id="utf-7"),
        pytest.param(of(POSTFIX).replace(b"failed", b"=?utf-8?q?failed?="), id="an encoded word"),
        pytest.param(of(POSTFIX).replace(b"Action:", b"\xc3Action\xff:"), id="a header that is none"),
        pytest.param(of(POSTFIX).replace(b"boundary=", b"boundary*0*=utf-8''"), id="a boundary in pieces"),
        pytest.param(of(POSTFIX).replace(b"<carla@", b'"\\\\<[' * 2000), id="an address without end"),
        pytest.param(b"Content-Type: " + b"multipart/report; " * 20_000, id="a header without end"),
        pytest.param(b"\x00" * 10_000, id="NULs"),
    ],
)
def test_whatever_comes_is_a_report_or_is_none(mail: bytes) -> None:
    assert_one_or_the_other(mail)


def assert_one_or_the_other(mail: bytes) -> None:
    with contextlib.suppress(NotAReport):
        assert isinstance(read(mail), Report)


@given(st.binary(max_size=2000))
def test_no_bytes_raise_anything_else(mail: bytes) -> None:
    assert_one_or_the_other(mail)


@given(
    st.sampled_from([POSTFIX, EXCHANGE, GMAIL]).map(of),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60), st.binary(max_size=12)), max_size=6),
)
@settings(max_examples=300, deadline=None)
def test_no_report_with_a_hole_in_it_raises_anything_else(mail: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    for start, length, instead in cuts:
        mail = mail[:start] + instead + mail[start + length :]
    assert_one_or_the_other(mail)
