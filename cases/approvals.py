"""What exactly would be done: the subject of an approval, read from the database each time, and its digest.

Proposing freezes the digest. Carrying out reads the subject anew under the case's lock and refuses when the digest
differs: what was approved is what is done (invariant 5).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from cases.manifests import manifest_of
from cases.models import Case, NoticeDuty, Objection
from cases.states import ApprovalKind

Params = Mapping[str, Any]
Subject = dict[str, Any]


def subject_of(kind: str, case: Case, params: Params) -> Subject:
    """Return everything that carrying out this proposal would act on, as it is in the database now."""
    return {"kind": kind, "instrument": case.instrument_code, "params": dict(params), "now": WORLDS[kind](case, params)}


def digest_of(subject: Subject) -> str:
    """Return the SHA-256 of a subject's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(subject).encode()).hexdigest()


def canonical(subject: Subject) -> str:
    """Return the one JSON text of a subject."""
    return json.dumps(subject, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _nothing_else(_case: Case, _params: Params) -> Subject:
    return {}


def _scope(case: Case) -> str:
    """Return a digest over every target with what counsel authorised for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(coalesce(string_agg("
            "concat_ws('|', id, kind, value, duty_id, authorised::text, authorised_fields::text),"
            " E'\\n' ORDER BY id), ''), 'UTF8')), 'hex')"
            " FROM cases_target WHERE case_id = %s",
            [case.pk],
        )
        (found,) = cursor.fetchone()
    return str(found)


def _release(case: Case, params: Params) -> Subject:
    """A production: the authorised scope, files and manifest, and what allows each duty's targets to leave."""
    files = case.documents.filter(document__in=params.get("files", [])).order_by("document_id")
    return {
        "scope": _scope(case),
        "measures": [
            [measure.target_id, measure.kind, measure.territories, _iso(measure.ends_date)]
            for measure in case.measures.filter(effect_at=None)
        ],
        "files": [[str(row.document_id), row.document.sha256] for row in files.select_related("document")],
        "manifest": manifest_of(case, params.get("files", [])),
        "duties": [
            [duty.pk, duty.kind, duty.state, duty.basis, duty.order_id]
            for duty in case.duties.order_by("pk")
            if duty.kind in ("request", "controller")
        ],
    }


def _conflicts(case: Case, _params: Params) -> Subject:
    rows = case.assessments.filter(is_conflict=True).order_by("target_id")
    return {
        "scope": _scope(case),
        "assessments": [
            [a.target_id, a.outcome, a.law_named, a.provision, a.legal_basis, a.transfer_ground, a.reason] for a in rows
        ],
    }


def _duty(case: Case, params: Params) -> Subject:
    duty = NoticeDuty.objects.get(pk=params["duty"], case=case)
    ends_at = duty.window_ends_at
    return {"state": duty.state, "customer": duty.customer_id, "window_ends_at": ends_at and ends_at.isoformat()}


def _objection(case: Case, params: Params) -> Subject:
    objection = Objection.objects.get(pk=params["objection"], duty__case=case)
    return {"state": objection.state, "text": objection.text}


def _measures(case: Case, params: Params) -> Subject:
    measures = case.measures.filter(pk__in=params["measures"]).order_by("pk")
    return {
        "effects": [
            [measure.target_id, measure.kind, measure.territories, _iso(measure.effect_at), _iso(measure.reversed_at)]
            for measure in measures
        ]
    }


def _iso(moment: date | None) -> str | None:
    return moment.isoformat() if moment else None


def _ended(case: Case, _params: Params) -> Subject:
    return {"state": case.state, "outcome": case.outcome, "outcome_at": case.outcome_at and case.outcome_at.isoformat()}


def _orders(case: Case, params: Params) -> Subject:
    orders = case.orders.filter(pk__in=params["orders"]).order_by("pk")
    return {
        "orders": [
            [order.pk, order.basis, order.provision, order.court, str(order.first_day), str(order.last_day or "")]
            for order in orders.filter(lifted_at=None)
        ]
    }


def _redaction(case: Case, params: Params) -> Subject:
    """What was received, what of it is hidden and why, for whom, and the very file that would be shown."""
    redaction = case.redactions.select_related("original__document", "burned").get(pk=params["redaction"])
    columns = ("page", "x0", "y0", "x1", "y1", "reason", "words")
    return {
        "document": redaction.original.document.sha256,
        "customer": redaction.customer_id,
        "pages": len(redaction.sizes),
        "boxes": [list(row) for row in redaction.boxes.values_list(*columns)],
        "burned": redaction.burned.sha256 if redaction.burned else "",
        "is_withdrawn": redaction.withdrawn_at is not None,
    }


WORLDS: Mapping[str, Callable[[Case, Params], Subject]] = {
    ApprovalKind.ANSWER: _release,
    ApprovalKind.PRODUCE_PART: _release,
    ApprovalKind.ANSWER_EMERGENCY: _release,
    ApprovalKind.CHALLENGE: _nothing_else,
    ApprovalKind.GO_ON: _conflicts,
    ApprovalKind.WITHHOLD: _duty,
    ApprovalKind.REJECT: _nothing_else,
    ApprovalKind.REOPEN: _ended,
    ApprovalKind.OBJECTION: _objection,
    ApprovalKind.SHORTEN_WINDOW: _duty,
    ApprovalKind.VOID_ORDERS: _orders,
    ApprovalKind.REVERSE: _measures,
    ApprovalKind.REDACT: _redaction,
}
