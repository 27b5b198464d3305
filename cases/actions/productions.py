"""Handing over: drafted, approved as exactly this, released under lock with every question asked again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, propose, void_approvals
from cases.actions.blocked import noted_if_blocked
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.clocks import settle_clocks
from cases.actions.cover_letters import draft_cover_letter
from cases.actions.duties import change_duty, create_duties, owe_followers
from cases.actions.effect import give_effect, let_fall_due, require_effect
from cases.actions.installation import require_not_held
from cases.actions.papers import await_paper
from cases.actions.review import require_guards, require_state
from cases.actions.rule_answers import blocked_by_rule
from cases.actions.second_person import execute
from cases.dossier import read
from cases.models import Approval, Case, Disclosure, Production
from cases.release import why_not_yet
from cases.release_guards import delivery_in_time
from cases.rules.manifest import canonical, released
from cases.rules.scope import fields_of, releasable, row_fields_problems
from cases.states import (
    LEAVES,
    ApprovalKind,
    CaseState,
    ClockState,
    DisclosureResult,
    DutyKind,
    DutyState,
    Outcome,
)
from ledger.facts import Fact
from vault.actions import take_sha512

R = DisclosureResult
DISCLOSES = (R.PRODUCED, R.NO_RECORDS, R.WITHHELD)
TRANSITION = {
    ApprovalKind.ANSWER: "answer",
    ApprovalKind.PRODUCE_PART: "produce_part",
    ApprovalKind.ANSWER_EMERGENCY: "answer_emergency",
}


class NotAuthorised(Refused):
    """A row of the production goes beyond what counsel authorised or the law lets leave (invariant 8)."""


class NotYet(Refused):
    """A customer in the production was not told in time, and nothing allows that (invariant 1)."""


class Incomplete(Refused):
    """The last part leaves something asked unanswered."""


@dataclass(frozen=True)
class Row:
    """For one target and category (none for preserved data or effect): what becomes of it."""

    target_id: int
    category: str
    result: str
    fields: Sequence[str] | None = None  # letters of 18 USC 2703(c)(2) that leave; None: all that are authorised


def rows_for_all(
    case: Case, results: Mapping[str, str], *, overall: str = "", fields: Collection[str] | None = None
) -> list[Row]:
    """Return a row for every target and authorised category, with one result per category.

    What was asked and cut is stated as withheld. `overall` is for instruments that end in preserved data or effect.
    `fields`: the items that leave where the instrument knows items, of each target those authorised for it.
    """
    if overall:
        return [Row(pk, "", overall) for pk in case.targets.values_list("pk", flat=True)]
    rows = [
        Row(pk, category, results.get(category, R.NO_RECORDS) if category in authorised else R.WITHHELD)
        for pk, asked, authorised in case.targets.values_list("pk", "asked", "authorised")
        for category in asked
    ]
    if fields is None:
        return rows
    named = _naming_fields(case, rows)
    return [replace(row, fields=[letter for letter in row.fields or () if letter in fields]) for row in named]


def _naming_fields(case: Case, rows: Iterable[Row]) -> list[Row]:
    """Return the rows with their items named: all that are authorised, where a row of produced data names none."""
    authorised = dict(case.targets.values_list("pk", "authorised_fields"))

    def named(row: Row) -> Sequence[str]:
        if row.fields is not None:
            return sorted(row.fields)
        reached = fields_of(case.instrument_code, row.category) if row.result == R.PRODUCED else ()
        return [letter for letter in reached if letter in authorised.get(row.target_id, ())]

    return [replace(row, fields=named(row)) for row in rows]


def propose_release(
    *,
    case_id: int,
    kind: ApprovalKind,
    rows: Sequence[Row],
    files: Iterable[str],
    reason: str,
    by: User,
    now: datetime,
    delay_until: date | None = None,
) -> Approval:
    """Ask a second person to release exactly these rows and files (vault documents of the case, by id).

    `delay_until`: for an emergency, until when the notice to the customers is put off.
    Raises Refused with what is missing, NotAuthorised, NotYet, Incomplete.
    """
    files = sorted(str(file) for file in files)
    with changing_for(by, case_id, Role.COUNSEL) as case:
        params = {
            "rows": [list(astuple(row)) for row in _naming_fields(case, rows)],
            "files": files,
            "delay_until": delay_until.isoformat() if delay_until else None,
        }
        _require_releasable(case, kind, params, now=now)
        _take_hashes(case, files)
        return propose(case, kind, params, reason=reason, by=by, now=now)


def release(*, approval_id: int, by: User, now: datetime) -> Production:
    """Release what a second person approved: the data leaves, or the effect is on record, and the case moves on.

    Everything is asked again under the case's lock at this moment: that the approval is this digest and its giver may
    still give it, that every customer in it was told in time or need not be, that nothing exceeds what is authorised.
    """
    found = Approval.objects.select_related("case").get(pk=approval_id)
    with noted_if_blocked("release", found, by=by, now=now), changing_for(by, found.case_id, Role.COUNSEL) as case:
        approval = case.approvals.select_related("proposed_by", "decided_by").get(pk=approval_id)
        if approval.kind not in RELEASE_KINDS:
            raise Refused(_("This approval releases nothing."))
        params = approval.subject["params"]
        _require_releasable(case, ApprovalKind(approval.kind), params, now=now)
        execute(case, approval, now=now)
        if approval.kind == ApprovalKind.ANSWER_EMERGENCY:
            _delay_notices(case, date.fromisoformat(params["delay_until"]), by=by, now=now)
            await_paper(case, by=by, now=now)
        let_fall_due(case, _rows(params), all_of_them=approval.kind == ApprovalKind.ANSWER, now=now)
        production = _save(case, approval, params, by=by, now=now)
        give_effect(case, production, by=by, now=now)
        if approval.kind == ApprovalKind.PRODUCE_PART:
            case.produce_part()
            save_moved(case)
        else:
            _answer(case, approval, by=by, now=now)
        return production


def _rows(params: dict[str, Any]) -> list[Row]:
    return [Row(*row) for row in params["rows"]]


def _require_releasable(case: Case, kind: ApprovalKind, params: dict[str, Any], *, now: datetime) -> None:
    states = {
        ApprovalKind.ANSWER: (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD),
        ApprovalKind.PRODUCE_PART: (CaseState.CUSTOMER_NOTIFIED, CaseState.NOTICE_WITHHELD, CaseState.ANSWERED),
        ApprovalKind.ANSWER_EMERGENCY: (CaseState.RECEIVED, CaseState.LEGAL_REVIEW),
    }
    require_not_held()
    require_state(case, *states[kind])
    if case.state == CaseState.ANSWERED and case.outcome not in (Outcome.ANSWERED, Outcome.ANSWERED_PARTIAL):
        raise Refused(_("It was answered with nothing, and is counted so: reopen it before something leaves."))
    require_guards(TRANSITION[kind], case, now)
    if why := blocked_by_rule(case):
        raise NotAuthorised(*(_(reason) for reason in why))
    rows = _rows(params)
    if not rows:
        raise Incomplete(_("Nothing is in this production."))
    _require_authorised(case, rows)
    _require_own_files(case, params["files"])
    if params["files"] and not any(row.result == R.PRODUCED for row in rows):
        raise NotAuthorised(_("Files leave only with something that is produced."))
    if kind == ApprovalKind.ANSWER_EMERGENCY:
        _require_delay(params["delay_until"], now)
    else:
        _require_told(case, rows, now=now)
        require_effect(case, rows, now=now)
    if kind == ApprovalKind.ANSWER:
        _require_complete(case, rows)
        _require_delivery_in_time(case, rows, now=now)


def _require_delay(until: str | None, now: datetime) -> None:
    """The notice of an emergency is put off, never dropped: to a day that comes (invariant 3)."""
    most = settings.WRITDESK.emergency_delay_days
    if not until or not now.date() < date.fromisoformat(until) <= now.date() + timedelta(days=most):
        raise Refused(
            _("Say until when the notice to the customers is put off: %(most)d days at most.") % {"most": most}
        )


def _require_authorised(case: Case, rows: Iterable[Row]) -> None:
    """Invariant 8: every row within what was asked, is authorised, and may by law leave to this asker."""
    found = case.targets.values_list("pk", "asked", "authorised", "authorised_fields")
    scopes = {pk: (set(asked), authorised, fields) for pk, asked, authorised, fields in found}
    verdicts: dict[tuple[str, tuple[str, ...]], bool] = {}
    for row in rows:
        if row.target_id not in scopes:
            raise NotAuthorised(_("A target of this production is not one of the case."))
        asked, authorised, authorised_fields = scopes[row.target_id]
        if row.result in (R.PRESERVED, R.EFFECT_GIVEN):
            ends = {"preserved", "prospective"} if row.result == R.PRESERVED else {"effect"}
            if row.category or case.instrument.ends_in.isdisjoint(ends):
                raise NotAuthorised(_("This instrument does not end so."))
            continue
        if row.category not in asked:
            raise NotAuthorised(_("A category of this production was not asked for."))
        if row.result == R.WITHHELD:
            continue
        key = (row.category, tuple(authorised))
        if key not in verdicts:
            verdicts[key] = not releasable(
                case.instrument_code,
                row.category,
                authorised=authorised,
                agency_country=case.agency.country,
                agency_kind=case.agency.kind,
                issuer=case.issuer,
            )
        if not verdicts[key]:
            raise NotAuthorised(
                _("“%(category)s” is not authorised for every target of this production.") % {"category": row.category}
            )
        _require_authorised_fields(case, row, authorised_fields)


def _require_authorised_fields(case: Case, row: Row, authorised: Sequence[str]) -> None:
    """Invariant 8 field by field: only items asked for, compellable and authorised, and what is produced names some."""
    fields = row.fields or ()
    if row.result != R.PRODUCED and not fields:
        return
    if row_fields_problems(case.instrument_code, row.category, fields=fields, authorised=authorised):
        raise NotAuthorised(
            _("Of “%(category)s” only the items that are authorised for every target may be produced, one at least.")
            % {"category": row.category}
        )


def _require_own_files(case: Case, files: Sequence[str]) -> None:
    if case.documents.filter(document__in=[UUID(file) for file in files]).count() != len(set(files)):
        raise NotAuthorised(_("A file of this production does not belong to the case."))


def _take_hashes(case: Case, files: Sequence[str]) -> None:
    """Give files that were kept before it was done on receipt the hash that their manifest names."""
    for row in case.documents.filter(document__in=[UUID(file) for file in files], document__sha512="").select_related(
        "document"
    ):
        take_sha512(row.document)


def _require_told(case: Case, rows: Iterable[Row], *, now: datetime) -> None:
    """Invariant 1, for exactly the targets of which something leaves or takes effect."""
    leaving = {row.target_id for row in rows if row.result != R.WITHHELD}
    targets = case.targets.filter(pk__in=leaving)
    if targets.filter(duty=None).exists():
        raise NotYet(why_not_yet(None, now) or "")
    for duty in case.duties.filter(targets__in=targets).select_related("order").distinct():
        if reason := why_not_yet(duty, now, at_effect=case.instrument.tells_at_effect):
            raise NotYet(reason)


def _require_complete(case: Case, rows: Sequence[Row]) -> None:
    """The last part speaks of every target, and of every category asked, that no earlier part spoke of."""
    spoken = {(row.target_id, row.category) for row in rows}
    spoken |= set(Disclosure.objects.filter(production__case=case).values_list("target_id", "category"))
    for pk, asked in case.targets.values_list("pk", "asked"):
        wanted = {(pk, category) for category in asked} or {(pk, "")}
        if not wanted <= spoken and (pk, "") not in spoken:
            raise Incomplete(_("Say of every target and category what becomes of it, or release a part."))


def _require_delivery_in_time(case: Case, rows: Iterable[Row], *, now: datetime) -> None:
    """A last part that delivers under a prospective order is bound to the order's time as any other part."""
    if not any(row.result == R.PRODUCED for row in rows):
        return
    if missing := [check.missing for check in delivery_in_time(read(case, now, exact=False)) if not check.met]:
        raise Refused(*missing)


def _delay_notices(case: Case, until: date, *, by: User, now: datetime) -> None:
    """An emergency does not wait for the notice; the notice is put off to a day, never dropped."""
    zone = settings.WRITDESK.receiving_zone
    end = datetime.combine(until, datetime.min.time(), tzinfo=zone)
    create_duties(case, now=now, by=by)
    for duty in case.duties.filter(state__in=[DutyState.PENDING, DutyState.FAILED]):
        duty.withheld_until = end
        change_duty(case, duty, DutyState.WITHHELD, now=now, by=by, basis_code="emergency", until=end)


def _save(case: Case, approval: Approval, params: dict[str, Any], *, by: User, now: datetime) -> Production:
    number, is_last = case.productions.count() + 1, approval.kind != ApprovalKind.PRODUCE_PART
    manifest = released(approval.subject["now"]["manifest"], part=number, is_last=is_last, at=now)
    production = Production.objects.create(
        case=case,
        approval=approval,
        number=number,
        is_last=is_last,
        manifest=manifest,
        released_by=by,
        released_at=now,
    )
    rows = _rows(params)
    Disclosure.objects.bulk_create(
        (
            Disclosure(
                production=production,
                target_id=r.target_id,
                category=r.category,
                fields=list(r.fields or ()),
                result=r.result,
            )
            for r in rows
        ),
        batch_size=2000,
    )
    results = [row.result for row in rows]
    record(
        case,
        kinds.PRODUCED,
        at=now,
        by=by,
        production=production.pk,
        number=production.number,
        produced=results.count(R.PRODUCED),
        no_records=results.count(R.NO_RECORDS),
        withheld=results.count(R.WITHHELD),
        other=results.count(R.PRESERVED) + results.count(R.EFFECT_GIVEN),
        manifest=committed(case, canonical(manifest), now=now),
    )
    return production


def _answer(case: Case, approval: Approval, *, by: User, now: datetime) -> None:
    outcome = outcome_of(Disclosure.objects.filter(production__case=case).values_list("result", flat=True).distinct())
    if approval.kind == ApprovalKind.ANSWER_EMERGENCY:
        case.answer_emergency(outcome=outcome, at=now)
    else:
        case.answer(outcome=outcome, at=now)
    save_moved(case)
    void_approvals(case, RELEASE_KINDS, because="answered", now=now)
    settle_clocks(case, ClockState.MET, now=now, by=by)
    record(case, kinds.ANSWERED, at=now, by=by, fact=outcome_fact(case, now), outcome=outcome)
    owe_followers(case, DutyKind.OUTCOME, now=now, by=by)
    draft_cover_letter(case, by=by, now=now)


def outcome_of(results: Iterable[str]) -> Outcome:
    """Return the outcome that the rows of all parts add up to (docs/counting.md).

    Anything produced and nothing refused: answered; some produced: in part; nothing but "no records": no data.
    Preserved data and effect given count as answered.
    """
    found = set(results)
    given = found & LEAVES
    if not given:
        return Outcome.NO_DATA if R.WITHHELD not in found else Outcome.REJECTED
    return Outcome.ANSWERED_PARTIAL if R.WITHHELD in found else Outcome.ANSWERED


def outcome_fact(case: Case, at: datetime) -> Fact:
    """Return what reports count of how a case ended."""
    counts = case.tally
    return Fact(
        name="outcome",
        at=at,
        line=case.instrument.line,
        value=case.outcome,
        accounts=counts.get("accounts", 0),
        domains=counts.get("domains", 0),
        selectors=counts.get("selectors", 0),
        restricted=case.instrument.national_security,
    )
