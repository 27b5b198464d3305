"""The conflict-of-law check."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases import tally
from cases.actions.approvals import propose, void_all
from cases.actions.changing import Refused, changing_for, committed, record, save_moved
from cases.actions.duties import create_duties, settle_notices
from cases.actions.review import require_guards, require_state
from cases.actions.windows import open_late_windows
from cases.findings import groups, request_of
from cases.models import Approval, Case, ConflictAssessment
from cases.rules import conflict as rules
from cases.rules.finding import finding as computed
from cases.states import ASSESSABLE, ApprovalKind, CaseState, DutyState

FILED = ("motion_2703h", "annex_iii_objection")  # outcomes that the law opens under conditions of its own


class AssessmentIncomplete(Refused):
    """An assessment leaves out something that its outcome needs."""


@dataclass(frozen=True)
class Finding:
    """What counsel found, for some targets or all."""

    outcome: str
    reason: str
    rests_on: tuple[str, ...]
    residence: str = ""
    law: str = ""  # a code of rules/data/laws.toml, or laws.OTHER
    provision: str = ""
    role: str = "controller"
    legal_basis: str = ""
    transfer_ground: str = ""
    law_title: str = ""  # of a law that is not on record


def assess(*, case_id: int, finding: Finding, by: User, now: datetime, target_ids: Collection[int] = ()) -> None:
    """Record a finding for the targets named, or for all that have none yet. A new finding voids going on.

    After the check too: what is known of a customer may change while they are told, or wait. Nothing leaves without.
    Raises AssessmentIncomplete: "no conflict" needs a reason too, and storage location alone decides nothing.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *ASSESSABLE)
        problems = rules.assessment_problems(
            requesting_state=case.agency.country, establishments=settings.WRITDESK.establishments, **asdict(finding)
        )
        if problems:
            raise AssessmentIncomplete(*(_(problem.explanation) for problem in problems))
        targets = case.targets.filter(pk__in=target_ids) if target_ids else case.targets.filter(assessment=None)
        nationalities = dict(targets.values_list("pk", "customer__nationality"))
        ids = list(nationalities)
        _require_open(case, finding, ids, now=now)
        is_conflict = rules.is_conflict(finding.outcome)
        ConflictAssessment.objects.filter(target__in=ids).delete()
        ConflictAssessment.objects.bulk_create(
            (
                ConflictAssessment(
                    case=case,
                    target_id=pk,
                    nationality=nationalities[pk] or "",
                    requesting_state=case.agency.country,
                    is_conflict=is_conflict,
                    author=by,
                    **(asdict(finding) | {"rests_on": list(finding.rests_on)}),
                    assessed_at=now,
                )
                for pk in ids
            ),
            batch_size=2000,
        )
        tally.recount(case)
        record(
            case,
            kinds.CONFLICT_ASSESSED,
            at=now,
            by=by,
            targets=len(ids),
            outcome=finding.outcome,
            law=finding.law or None,
            conflict=is_conflict,
            reason=committed(case, finding.reason.strip(), now=now),
        )
        void_all(case, because="assessed_anew", now=now)


def _require_open(case: Case, found: Finding, target_ids: Collection[int], *, now: datetime) -> None:
    """Raise AssessmentIncomplete where the outcome is a motion or objection that these facts do not open.

    Law: 18 USC 2703(h)(2)(A); Reg. (EU) 2023/1543 Art. 17(2).
    """
    if found.outcome not in FILED:
        return
    request = request_of(case, case.clocks.all())
    today = now.astimezone(settings.WRITDESK.receiving_zone).date()
    for group in groups(case, now, target_ids=target_ids):
        person = replace(group.person, residence=found.residence or group.person.residence)
        filings = computed(request, person, today=today).filings
        filing = next((one for one in filings if one.outcome == found.outcome), None)
        if filing is None:
            raise AssessmentIncomplete(_("This kind of request knows no such motion or objection."))
        if not filing.available:
            raise AssessmentIncomplete(*(_(problem.explanation) for problem in filing.problems))


def propose_going_on(*, case_id: int, reason: str, by: User, now: datetime) -> Approval:
    """Ask a second counsel to go on in spite of a conflict: nobody waves one through alone."""
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *ASSESSABLE)
        if tally.count(case).conflicts == 0:
            raise Refused(_("No conflict was found: nothing needs a second counsel here."))
        return propose(case, ApprovalKind.GO_ON, {}, reason=reason, by=by, now=now)


def go_on(case: Case, _approval: Approval, **_who_and_when: object) -> None:
    """Carry out the approval: the executed approval is itself what the guard of clear_conflict asks for."""
    require_state(case, *ASSESSABLE)


def clear_conflict(*, case_id: int, by: User, now: datetime) -> None:
    """conflict_check → notice_pending. The duties to tell fall due, where the instrument does not tell at its effect.

    With nobody to tell before that the case settles now.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, CaseState.CONFLICT_CHECK)
        create_duties(case, now=now, by=by)
        require_guards("clear_conflict", case, now)
        case.clear_conflict()
        save_moved(case)
        record(case, kinds.CONFLICT_CLEARED, at=now, by=by)
        if not case.instrument.tells_at_effect:  # else they fall due with the effect: cases.actions.effect
            case.duties.filter(state=DutyState.PENDING, due_at=None).update(due_at=now)
        open_late_windows(case, now=now)
        settle_notices(case, now=now)
