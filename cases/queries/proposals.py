"""What a proposal would do, for the second person to read: everything its digest covers, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from cases.gathering import gather
from cases.models import Approval, ChallengeSubject, Customer, Forum, NoticeDuty, Objection, Target
from cases.rules.grounds import GROUNDS
from cases.rules.laws import LAWS
from cases.rules.nondisclosure import BASES
from cases.states import ApprovalState, Category, DisclosureResult
from vault.models import Document

TARGETS_SHOWN = 25

Words = str | Promise


@dataclass(frozen=True)
class Proposal:
    """One proposal in words."""

    approval: Approval
    proposed_by: str
    proposer: int  # the person behind the account
    decided_by: str
    asked: tuple[str, int]  # who was asked to decide: the name, and the person behind the account; or "" and 0
    facts: list[tuple[Words, Words]]
    rows: list[tuple[Words, Words, int]] = field(default_factory=list)  # category, result, how many targets
    targets: list[str] = field(default_factory=list)  # the first TARGETS_SHOWN
    more_targets: int = 0
    files: list[tuple[str, str]] = field(default_factory=list)  # name, SHA-256

    @property
    def is_waiting(self) -> bool:
        return bool(self.approval.state == ApprovalState.PROPOSED)


@dataclass(frozen=True)
class _Known:
    """What the subjects name by number."""

    targets: Mapping[int, Target]
    files: Mapping[UUID, Document]
    duties: Mapping[int, NoticeDuty]
    customers: Mapping[int, Customer]
    objections: Mapping[int, Objection]
    people: Mapping[int, tuple[str, int]]  # by account: name, person


def described(approvals: Sequence[Approval]) -> list[Proposal]:
    """Return the proposals in words, by two statements however many there are."""
    if not approvals:
        return []
    known = _known(approvals)
    return [_described(approval, known) for approval in approvals]


def _known(approvals: Sequence[Approval]) -> _Known:
    params = [approval.subject["params"] for approval in approvals]
    duties = NoticeDuty.objects.filter(pk__in=_named(params, "duty"))
    rows = gather(
        {
            "targets": Target.objects.filter(pk__in={pk for one in params for pk in _targets(one)[:TARGETS_SHOWN]}),
            "files": Document.objects.filter(pk__in={name for one in params for name in one.get("files", [])}),
            "duties": duties,
            "customers": Customer.objects.filter(duties__in=duties.order_by().values("pk")),
            "objections": Objection.objects.filter(pk__in=_named(params, "objection")),
        }
    )
    people = {pk for approval in approvals for pk in _accounts(approval)}
    accounts = User.objects.filter(pk__in=people).values_list("pk", "name", "person")
    names = {pk: (name, person) for pk, name, person in accounts}
    return _Known(**{name: {row.pk: row for row in found} for name, found in rows.items()}, people=names)


def _accounts(approval: Approval) -> list[int]:
    return [pk for pk in (approval.proposed_by_id, approval.decided_by_id, approval.asked_id) if pk]


def _named(params: Iterable[Mapping[str, Any]], key: str) -> list[int]:
    return [one[key] for one in params if key in one]


def _targets(params: Mapping[str, Any]) -> list[int]:
    return list(dict.fromkeys(row[0] for row in params.get("rows", [])))


def _described(approval: Approval, known: _Known) -> Proposal:
    params = approval.subject["params"]
    targets = _targets(params)
    proposed_by, proposer = known.people[approval.proposed_by_id]
    counted = Counter((row[1], row[2]) for row in params.get("rows", []))
    return Proposal(
        approval=approval,
        proposed_by=proposed_by,
        proposer=proposer,
        decided_by=known.people.get(approval.decided_by_id or 0, ("", 0))[0],
        asked=known.people.get(approval.asked_id or 0, ("", 0)),
        facts=[(label, words) for label, words in _facts(params, approval.subject["now"], known) if words],
        rows=[
            (Category(category).label if category else _("Whole target"), DisclosureResult(result).label, number)
            for (category, result), number in counted.items()
        ],
        targets=[known.targets[pk].value for pk in targets[:TARGETS_SHOWN] if pk in known.targets],
        more_targets=max(0, len(targets) - TARGETS_SHOWN),
        files=[(known.files[UUID(name)].name, sha256) for name, sha256 in approval.subject["now"].get("files", [])],
    )


def _facts(params: Mapping[str, Any], world: Mapping[str, Any], known: _Known) -> list[tuple[Words, Words]]:
    """Return what a proposal sets beside its rows and files; each kind of proposal has some of these."""
    duty = known.duties.get(params.get("duty", 0))
    customer = known.customers.get(duty.customer_id or 0) if duty else None
    objection = known.objections.get(params.get("objection", 0))
    subject, forum = params.get("subject"), params.get("forum")
    return [
        (_("Notice to"), customer.name or customer.identifier if customer else ""),
        (_("Withheld because"), _(BASES[params["basis"]].title) if "basis" in params else ""),
        (_("Looked at again on"), _day(params.get("review_date"))),
        (_("Window then ends"), _moment(params.get("ends_at"))),
        (_("Notices put off until"), _day(params.get("delay_until"))),
        (_("The customer's objection"), objection.text if objection else ""),
        (_("Decision"), params.get("decision", "")),
        (_("Ground"), _(GROUNDS[params["ground"]].sentence) if params.get("ground") in GROUNDS else ""),
        (_("Letter to the agency"), params.get("text", "")),
        (_("Challenge of"), ChallengeSubject(subject).label if subject else ""),
        (_("Before"), f"{params.get('forum_name')} ({Forum(forum).label})" if forum else ""),
        (_("Last day to file"), _day(params.get("last_day"))),
        (_("Reopened because"), params.get("because", "").replace("_", " ")),
        *_conflicts(world),
    ]


def _conflicts(world: Mapping[str, Any]) -> list[tuple[Words, Words]]:
    """Return the findings that going on would set aside, each once, with how many targets it concerns."""
    findings = Counter(tuple(finding[1:]) for finding in world.get("assessments", []))
    return [
        (
            _("Conflict for %(total)d targets") % {"total": number},
            ", ".join(str(part) for part in (_law(law), provision, legal_basis, ground, reason) if part),
        )
        for (_outcome, law, provision, legal_basis, ground, reason), number in findings.items()
    ]


def _law(code: str) -> str:
    return _(LAWS[code].title) if code in LAWS else code


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _moment(text: str | None) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT") if text else ""
