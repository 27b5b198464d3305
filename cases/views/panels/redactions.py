"""What a customer may read of the documents, and what is being prepared for them."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.models import Approval, Redaction, RedactionState
from cases.queries.case_page import CasePage
from cases.views.panels.entries import Entry, Mark, Words, links
from cases.views.words import customer_words, moment_words, row_words

S = RedactionState
MARKS: Mapping[RedactionState, tuple[str, str]] = {
    S.DRAFT: ("", "doc"),
    S.PROPOSED: ("warn", "clock"),
    S.APPROVED: ("good", "check"),
    S.WITHDRAWN: ("bad", "x"),
}


def redactions(user: User, page: CasePage) -> list[Entry]:
    """Return the redactions of the case, each with what can be done with it."""
    waiting = {approval.pk: approval for approval in page.proposals}
    return [_entry(user, page, row, place, waiting) for place, row in enumerate(page.redactions, start=1)]


def _entry(user: User, page: CasePage, row: Redaction, place: int, waiting: Mapping[int, Approval]) -> Entry:
    state = row.state_by(waiting.get(row.approval_id or 0), page.dossier.now)
    return Entry(
        title=row_words(row),
        mark=_mark(state),
        lines=list(_lines(page, row)),
        links=_links(user, page, row, place, state),
    )


def _mark(state: RedactionState) -> Mark:
    kind, icon = MARKS[state]
    return kind, state.label, icon


def _lines(page: CasePage, row: Redaction) -> Iterator[str]:
    names = {one.pk: document.name for one, document in page.documents}
    pages = len(row.sizes)
    count = ngettext("%(total)d page", "%(total)d pages", pages) % {"total": pages}
    yield ", ".join(part for part in (names.get(row.original_id), count) if part)
    yield audience_words(page, row)
    yield _("Begun by %(who)s, %(when)s") % {
        "who": page.people.get(row.prepared_by_id, ""),
        "when": moment_words(row.prepared_at),
    }
    if row.approved_at:
        yield _("The customer may read it since %(when)s") % {"when": moment_words(row.approved_at)}
    if row.withdrawn_at:
        when = moment_words(row.withdrawn_at)
        yield _("Withdrawn %(when)s: %(why)s") % {"when": when, "why": row.withdrawn_reason}


def audience_words(page: CasePage, row: Redaction) -> str:
    """Return for whom it is."""
    if row.customer_id is None:
        return _("For all whom the request is about")
    return _("For %(customer)s only") % {"customer": customer_words(page.customers.get(row.customer_id))}


def _links(user: User, page: CasePage, row: Redaction, place: int, state: RedactionState) -> list[tuple[Words, str]]:
    withdraw = links(user, page.case, place, "withdraw-redaction")
    if state == S.WITHDRAWN or not withdraw:
        return []
    address = [page.case.reference, row.number]
    found: list[tuple[Words, str]] = [
        (_("What the customer would read"), reverse("cases:redaction_preview", args=address))
    ]
    if state != S.APPROVED:
        found.insert(0, (_("Draw"), reverse("cases:redaction", args=address)))
    return [*found, *withdraw]
