"""What a proposal would do, for the second person to read: everything its digest covers, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from cases.gathering import gather
from cases.models import (
    Approval,
    ChallengeSubject,
    Customer,
    Forum,
    MeasureKind,
    NoticeDuty,
    Objection,
    RedactionReason,
    Target,
)
from cases.queries.marks import law_cited, marked
from cases.rules.grounds import GROUNDS
from cases.rules.nondisclosure import BASES, Basis
from cases.rules.remedies import REMEDIES, Remedy
from cases.rules.scope import SUBSCRIBER_FIELDS
from cases.states import ApprovalState, Category, DisclosureResult

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
    files: list[Mapping[str, Any]] = field(default_factory=list)  # as the manifest names them
    total_size: int = 0

    @property
    def is_waiting(self) -> bool:
        return bool(self.approval.state == ApprovalState.PROPOSED)


@dataclass(frozen=True)
class _Known:
    """What the subjects name by number."""

    targets: Mapping[int, Target]
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
            "targets": Target.objects.filter(pk__in={pk for one in params for pk in _shown(one)}),
            "duties": duties,
            "customers": Customer.objects.filter(pk__in=duties.order_by().values("customer")),
            "readers": Customer.objects.filter(pk__in=[pk for pk in _named(params, "shown_to") if pk]),
            "objections": Objection.objects.filter(pk__in=_named(params, "objection")),
        }
    )
    people = {pk for approval in approvals for pk in _accounts(approval)}
    accounts = User.objects.filter(pk__in=people).values_list("pk", "name", "person")
    names = {pk: (name, person) for pk, name, person in accounts}
    rows["customers"] += rows.pop("readers")
    return _Known(**{name: {row.pk: row for row in found} for name, found in rows.items()}, people=names)


def _accounts(approval: Approval) -> list[int]:
    return [pk for pk in (approval.proposed_by_id, approval.decided_by_id, approval.asked_id) if pk]


def _named(params: Iterable[Mapping[str, Any]], key: str) -> list[int]:
    return [one[key] for one in params if key in one]


def _targets(params: Mapping[str, Any]) -> list[int]:
    return list(dict.fromkeys(row[0] for row in params.get("rows", [])))


def _shown(params: Mapping[str, Any]) -> list[int]:
    """Return the targets that are read: the first ones, and the first of which something is withheld."""
    withheld = dict.fromkeys(row[0] for row in params.get("rows", []) if row[2] == DisclosureResult.WITHHELD)
    return [*_targets(params)[:TARGETS_SHOWN], *list(withheld)[:TARGETS_SHOWN]]


def _described(approval: Approval, known: _Known) -> Proposal:
    params = approval.subject["params"]
    targets = _targets(params)
    proposed_by, proposer = known.people[approval.proposed_by_id]
    counted = Counter((row[1], row[2], tuple(row[3])) for row in params.get("rows", []))
    world = approval.subject["now"]
    manifest = world.get("manifest", {})
    return Proposal(
        approval=approval,
        proposed_by=proposed_by,
        proposer=proposer,
        decided_by=known.people.get(approval.decided_by_id or 0, ("", 0))[0],
        facts=[
            (label, words)
            for label, words in (*_facts(params, world, known), *_withheld(params, known), *_package(manifest))
            if words
        ],
        asked=known.people.get(approval.asked_id or 0, ("", 0)),
        rows=[
            (_given(category, fields), DisclosureResult(result).label, number)
            for (category, result, fields), number in counted.items()
        ],
        targets=[known.targets[pk].value for pk in targets[:TARGETS_SHOWN] if pk in known.targets],
        more_targets=max(0, len(targets) - TARGETS_SHOWN),
        files=manifest.get("files", []),
        total_size=manifest.get("total_size", 0),
    )


def _given(category: str, fields: Sequence[str]) -> Words:
    """Return the category, with the items of a subpoena that leave, each by its letter and its name."""
    if not category:
        return _("Whole target")
    items = "; ".join(f"({letter}) {_(SUBSCRIBER_FIELDS[letter].title)}" for letter in fields)
    return f"{Category(category).label}: {items}" if items else Category(category).label


def _facts(params: Mapping[str, Any], world: Mapping[str, Any], known: _Known) -> list[tuple[Words, Words]]:
    """Return what a proposal sets beside its rows and files; each kind of proposal has some of these."""
    duty = known.duties.get(params.get("duty", 0))
    customer = known.customers.get(duty.customer_id or 0) if duty else None
    objection = known.objections.get(params.get("objection", 0))
    subject, forum = params.get("subject"), params.get("forum")
    return [
        (_("Notice to"), customer.name or customer.identifier if customer else ""),
        (_("Withheld because"), _title(BASES, params.get("basis"))),
        (_("Looked at again on"), _day(params.get("review_date"))),
        (_("Window then ends"), _moment(params.get("ends_at"))),
        (_("Notices put off until"), _day(params.get("delay_until"))),
        (_("The customer's objection"), objection.text if objection else ""),
        (_("Decision"), params.get("decision", "")),
        (_("Ground"), _(GROUNDS[params["ground"]].sentence) if params.get("ground") in GROUNDS else ""),
        (_("Letter to the agency"), params.get("text", "")),
        (_("Challenge of"), ChallengeSubject(subject).label if subject else ""),
        (_("Remedy"), _title(REMEDIES, params.get("remedy"))),
        (_("Before"), f"{params.get('forum_name')} ({Forum(forum).label})" if forum else ""),
        (_("Last day to file"), _day(params.get("last_day"))),
        (_("Reopened because"), params.get("because", "").replace("_", " ")),
        (_("Reversed because"), _CAUSES.get(params.get("cause", ""), "")),
        *_effects(world),
        *_conflicts(world),
        *_redacted(params, world, known),
        *((_("Order voided"), _order(*order[2:])) for order in world.get("orders", [])),
    ]


def _withheld(params: Mapping[str, Any], known: _Known) -> Iterator[tuple[Words, Words]]:
    """Yield why what was asked and cut is withheld, each reason once."""
    reasons: dict[tuple[str, str], None] = {}
    for row in params.get("rows", []):
        target = known.targets.get(row[0])
        if row[2] == DisclosureResult.WITHHELD and target and row[1] not in target.authorised and target.cut_reason:
            reasons[row[1], target.cut_reason] = None
    for category, reason in reasons:
        yield _("Withheld: %(what)s") % {"what": Category(category).label}, reason


def _package(manifest: Mapping[str, Any]) -> Iterator[tuple[Words, Words]]:
    """Yield what the manifest says of the package beside its files."""
    if not manifest:
        return
    recipient = manifest["recipient"]
    yield _("Goes to"), ", ".join(recipient[part] for part in ("name", "contact", "country") if recipient[part])
    yield _("Agency's reference"), manifest["order"]["agency_reference"]


def _conflicts(world: Mapping[str, Any]) -> list[tuple[Words, Words]]:
    """Return the findings that going on would set aside, each once, with how many targets it concerns."""
    findings = Counter(tuple(finding[1:]) for finding in world.get("assessments", []))
    return [
        (
            ngettext("Conflict for %(total)d target", "Conflict for %(total)d targets", number) % {"total": number},
            ", ".join(str(part) for part in (law_cited(law), provision, legal_basis, ground, reason) if part),
        )
        for (_outcome, law, provision, legal_basis, ground, reason), number in findings.items()
    ]


def _effects(world: Mapping[str, Any]) -> list[tuple[Words, Words]]:
    """Return what takes effect, or what is undone, each kind and reach once, with on how many targets."""
    effects = world.get("measures") or world.get("effects", [])
    asked = Counter((kind, tuple(territories)) for _target, kind, territories, *_rest in effects)
    return [(MeasureKind(kind).label, _reach(where, number)) for (kind, where), number in asked.items()]


def _reach(territories: tuple[str, ...], number: int) -> str:
    words = ngettext("in %(territories)s, on %(total)d target", "in %(territories)s, on %(total)d targets", number)
    return words % {"territories": ", ".join(territories), "total": number}


def _redacted(params: Mapping[str, Any], world: Mapping[str, Any], known: _Known) -> Iterator[tuple[Words, Words]]:
    """Yield who would read a redacted document, and what of it is hidden, and why."""
    if "burned" not in world:
        return
    reader = known.customers.get(params["shown_to"] or 0)
    yield _("Who reads it"), str(reader.name or reader.identifier) if reader else _("All whom the request is about")
    yield _("Pages"), str(world["pages"])
    reasons = Counter(RedactionReason(box[5]).label for box in world["boxes"])
    hidden = "; ".join(f"{label}: {number}" for label, number in reasons.items())
    yield _("Boxes, by reason"), hidden or _("Nothing is hidden in it.")
    yield _("In words"), "; ".join(dict.fromkeys(box[6] for box in world["boxes"] if box[6]))


_CAUSES: dict[str, Words] = {
    "court": gettext_lazy("a court decided so"),
    "authority": gettext_lazy("the authority lifted it"),
    "end": gettext_lazy("the order's last day has passed"),
}


def _title(table: Mapping[str, Basis] | Mapping[str, Remedy], code: str | None) -> str:
    found = table.get(code or "")
    return marked(_(found.title), is_verified=found.verified) if found else ""


def _order(provision: str, court: str, first_day: str, last_day: str) -> str:
    days = " – ".join(_day(day) for day in (first_day, last_day) if day)
    return ", ".join(part for part in (provision, court, days) if part)


def _day(text: str | None) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else ""


def _moment(text: str | None) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT") if text else ""
