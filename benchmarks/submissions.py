"""A request taken in, by the public form and by staff, against its rows inserted by hand."""

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pypdf import PdfWriter

from benchmarks.bench import Bench
from benchmarks.by_hand import ByHand
from benchmarks.measuring import Row, in_turn
from benchmarks.people import readers
from cases.models import Case

ROUNDS = 200
FORM = {
    "instrument": "us_search_warrant",
    "agency_name": "Springfield Police",
    "agency_country": "US",
    "agency_kind": "law_enforcement",
    "officer_name": "Detective Osei",
    "officer_email": "osei@springfield.example",
    "officer_phone": "+1 217 555 0100",
    "our_reference": "",
    "return_date": "",
    "categories": ["subscriber", "content"],
    "message": "Please read the annex.",
    "website": "",
}
TYPED = {"channel": "email", "received_at": "2026-01-05T09:30"}


def rows(bench: Bench) -> Iterator[Row]:
    """Yield requests a second through Django's test client, one after another, with a PDF and without."""
    with bench.databases.copy("submissions").chosen():
        rounds = max(5, bench.size(ROUNDS))
        staff = readers(bench.now)["non-member"]
        numbers = count(1)
        pdf = _pdf()
        works = {
            "public submission with a PDF": partial(_send, Client(), "/submit/", numbers, pdf, {}),
            "staff create with a PDF": partial(_send, staff, "/cases/new/", numbers, pdf, TYPED),
            "staff create without document": partial(_send, staff, "/cases/new/", numbers, b"", TYPED),
        }
        for what, work in works.items():
            yield _row(what, work, rounds)


def _row(what: str, work: Callable[[], None], rounds: int) -> Row:
    work()
    by_hand = ByHand(connection.connection, Case.objects.latest("pk").pk)
    ours, floor = in_turn(rounds, work, by_hand.insert, warm_up=5)
    return Row(
        what,
        f"{1 / ours.mean:.0f}/s, {ours}",
        f"{by_hand.count} rows in one transaction: {1 / floor.mean:.0f}/s, {floor}",
        ours.p50 / floor.p50,
    )


def _send(client: Client, path: str, numbers: Iterator[int], pdf: bytes, more: Mapping[str, str]) -> None:
    number = next(numbers)
    documents = [SimpleUploadedFile("warrant.pdf", pdf, content_type="application/pdf")] if pdf else []
    # Its own reference and targets: what names those of another case holds that one's notices.
    named = {"agency_reference": f"SP-{number}", "targets": f"account: acct-{number}\ndomain: d{number}.example"}
    response = client.post(path, {**FORM, **more, **named, "documents": documents})
    assert response.status_code == 302, response.content.decode()


def _pdf() -> bytes:
    written = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(written)
    return written.getvalue()
