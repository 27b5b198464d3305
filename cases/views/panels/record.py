"""Documents, facts, findings, and the ledger."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases.forms.triage import ROLES, issuer_words
from cases.models import Case, CaseDocument
from cases.models.redaction import REDACTABLE, REDACTED
from cases.queries.case_page import CasePage
from cases.queries.marks import law_cited, marked
from cases.rules.conflict import OUTCOMES
from cases.rules.instruments import Instrument
from cases.states import Category, Channel
from cases.views.panels.names import names_in
from ledger.models import LedgerEntry
from ledger.sentences import sentence
from vault.content_types import PDF
from vault.models import Document

ICONS = {"order": "lock", "production": "arrow", "filing": "gavel"}
# Changes of state, drawn big.
BIG = frozenset(
    {
        "case_received",
        "review_begun",
        "review_passed",
        "agency_asked",
        "agency_replied",
        "conflict_cleared",
        "notices_settled",
        "basis_ended",
        "challenge_begun",
        "challenge_ended",
        "case_answered",
        "case_rejected",
        "case_withdrawn",
        "case_reopened",
        "case_closed",
    }
)


def documents(user: User, page: CasePage) -> list[dict[str, Any]]:
    """Return the documents, newest first, each with what this person may make of it."""
    roles = {**dict(ROLES), REDACTED: _("Redacted for the customer")}
    return [
        {
            "icon": ICONS.get(row.role, "doc"),
            "name": document.name,
            "url": reverse("cases:document", args=[page.case.reference, document.pk]),
            "detail": f"{roles.get(row.role, row.role)}, {filesizeformat(document.size)}",
            "sha256": document.sha256,
            "links": _document_links(user, page.case, row, document),
        }
        for row, document in page.documents
    ]


def _document_links(user: User, case: Case, row: CaseDocument, document: Document) -> list[tuple[str, str]]:
    can_be = row.role in REDACTABLE and document.content_type == PDF
    if not can_be or not user.has_role(Role.ANALYST, Role.COUNSEL):
        return []
    return [(_("Redact for the customer"), reverse("cases:redact", args=[case.reference, document.pk]))]


def findings(page: CasePage) -> list[dict[str, Any]]:
    """Return what counsel found for the targets shown, each finding once, with the law beside it."""
    found: dict[tuple[str, ...], list[str]] = {}
    for target in page.targets:
        if one := page.assessments.get(target.pk):
            key = (one.outcome, one.law_named, one.provision, one.reason, page.people.get(one.author_id, ""))
            found.setdefault(key, []).append(target.value)
    return [
        {
            "target": ", ".join(values[:3]) + (f" +{len(values) - 3}" if len(values) > 3 else ""),
            "kind": "bad" if OUTCOMES[outcome].conflict else "good",
            "verdict": _(OUTCOMES[outcome].title),
            "text": f"{reason} ({author})",
            "rule_code": law_cited(law),
            "rule_text": provision,
        }
        for (outcome, law, provision, reason, author), values in found.items()
    ]


def facts(page: CasePage) -> list[tuple[str, str | Promise]]:
    """Return the plain facts of the case; empty ones are not drawn."""
    case = page.case
    return [
        (_("Agency's reference"), case.agency_reference),
        (_("Our earlier reference"), case.provider_reference or ""),
        (_("Issued by"), issuer_words(case.issuer) if case.issuer else ""),
        (_("Officer"), str(case.officer) if case.officer else ""),
        (_("Came by"), Channel(case.channel).label),
        (_("Asked for"), ", ".join(str(Category(one).label) for one in case.asked)),
        (_("Customer's country"), case.customer_country),
        (_("Controller (Section G(d))"), case.get_controller_notice_display()),
        (_("Assignee"), case.assignee.name if case.assignee else _("No one")),
        (_("Compartment"), case.compartment.name if case.compartment else ""),
        (_("Provision"), marked(case.instrument.cite, is_verified=case.instrument.verified)),
        (_("Not verified"), " ".join(_doubts(case.instrument))),
        (_("Seen by"), ", ".join(page.people.get(row.user_id, "") for row in page.sightings)),
    ]


def _doubts(instrument: Instrument) -> Iterator[str]:
    """Yield what counsel has not confirmed of the instrument, and of the powers that it rests on."""
    if not instrument.verified:
        yield _(instrument.note)
    yield from (f"{power.cite}: {_(power.note)}" for power in instrument.authorities if not power.verified)


def ledger(page: CasePage) -> list[dict[str, Any]]:
    """Return the latest entries of the case's stream, newest first."""
    return _lines(page, page.entries)


def looks(page: CasePage) -> list[dict[str, Any]]:
    """Return who looked at a sealed case last, or was refused it, newest first."""
    return _lines(page, page.looks)


def _lines(page: CasePage, entries: list[LedgerEntry]) -> list[dict[str, Any]]:
    names = names_in(page)
    return [
        {
            "at": datetime.fromisoformat(entry.payload["at"]),
            "text": sentence(entry, names),
            "detail": page.people.get(entry.payload.get("by"), ""),
            "seq": entry.seq,
            "is_true": entry.is_true,
            "is_big": entry.payload.get("kind") in BIG,
        }
        for entry in entries
    ]
