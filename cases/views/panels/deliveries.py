"""What was released, part by part, and how it reached the agency."""

from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Delivery, DeliveryWay, Production
from cases.queries.case_page import CasePage
from cases.rules.delivery import MEANS, channel
from cases.rules.fraud_signals import FORGED
from cases.rules.manifest import files_of, size_of
from cases.states import Channel
from cases.views.panels.entries import Entry, Mark, Words, links
from cases.views.words import moment_words
from ledger.sentences import end_words


def deliveries(user: User, page: CasePage) -> list[Entry]:
    """Return every part, each followed by the ways in which it was made available."""
    parts = enumerate(page.dossier.productions, start=1)
    return [entry for number, part in parts for entry in _part(user, page, part, number)]


def _is_forged(page: CasePage) -> bool:
    return any(signal.code == FORGED for signal in page.dossier.signals)


def _part(user: User, page: CasePage, part: Production, number: int) -> Iterator[Entry]:
    files = files_of(part.manifest)
    way = channel(size_of(part.manifest), in_eevidence=page.case.channel == Channel.EEVIDENCE)
    acts = ["deliver-by-link", "deliver-by-hand"] if files else ["deliver-by-hand"]
    yield Entry(
        title=_("Part %(number)d") % {"number": part.number},
        mark=("good", _("Released"), "check"),
        lines=[
            _("Released %(when)s") % {"when": moment_words(part.released_at)},
            *([f"{file['name']}, {filesizeformat(file['size'])}" for file in files] or [_("No file is handed over.")]),
        ],
        rule=(way.source, _(way.reason)) if way.source and files else None,
        links=[_manifest(page.case, part), *([] if _is_forged(page) else links(user, page.case, number, *acts))],
    )
    for place, delivery in enumerate(page.deliveries, start=1):
        if delivery.production_id == part.pk:
            yield _delivery(user, page, delivery, place)


def _manifest(case: Case, part: Production) -> tuple[Words, str]:
    return _("Manifest (JSON)"), reverse("cases:manifest", args=[case.reference, part.number])


def _delivery(user: User, page: CasePage, delivery: Delivery, place: int) -> Entry:
    acts = [] if delivery.receipt_at else ["record-receipt"]
    if delivery.way == DeliveryWay.LINK and not delivery.revoked_at:
        acts.append("revoke-delivery")
    return Entry(
        title=f"{delivery.get_way_display()}: {delivery.recipient}",
        mark=_mark(delivery, page),
        lines=list(_lines(delivery)),
        links=links(user, page.case, place, *acts),
    )


def _mark(delivery: Delivery, page: CasePage) -> Mark:
    if delivery.receipt_at:
        return "good", _("Received"), "check"
    if delivery.revoked_at:
        return "bad", _("Taken back"), "x"
    if delivery.expires_at and delivery.expires_at <= page.dossier.now:
        return "", _("Ended"), "minus"
    return "info", _("Fetched") if delivery.downloaded_at else _("Open"), "clock"


def _lines(delivery: Delivery) -> Iterator[str]:
    if delivery.means:
        yield _(MEANS[delivery.means])
    if delivery.how:
        yield delivery.how
    if delivery.is_encrypted:
        yield _("Encrypted to the authority's certificate")
    elif delivery.is_encrypted is False:
        yield _("Not encrypted to the authority's certificate: %(why)s") % {"why": delivery.unencrypted_reason}
    if delivery.expires_at:
        yield _("Open until %(when)s") % {"when": end_words(delivery.expires_at)}
    if delivery.opened_at:
        yield _("Opened %(when)s") % {"when": moment_words(delivery.opened_at)}
    if delivery.downloaded_at:
        yield _("First file fetched %(when)s") % {"when": moment_words(delivery.downloaded_at)}
    if delivery.failed_codes:
        yield _("Wrong codes: %(total)d") % {"total": delivery.failed_codes}
    if delivery.receipt:
        yield delivery.receipt
