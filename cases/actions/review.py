"""Triage and legal review: what the analyst sets and counsel answers and authorises."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import guards, tally
from cases import ledger_kinds as kinds
from cases.actions.approvals import RELEASE_KINDS, void_all, void_approvals
from cases.actions.changing import ChangedMeanwhile, Refused, changing_for, committed, record, save_moved
from cases.actions.clocks import restart_receipt_clocks
from cases.actions.duties import create_duties
from cases.actions.rule_answers import answer_by_rule
from cases.actions.service import presume_service
from cases.dossier import read
from cases.models import Answer, Case, ChallengeResult, ReviewAnswer, Target
from cases.rules import review
from cases.rules.narrowing import is_wider
from cases.rules.scope import compellable, fields_asked, fields_of, fields_problems, issuer_problems
from cases.states import CaseState


class BeyondScope(Refused):
    """More was to be authorised than was asked, or than the instrument can compel (invariant 8)."""


class BeyondIssuer(BeyondScope):
    """The issuer cannot order it: NOT_ISSUED_OR_VALIDATED_AS_DEFINED_BY_REGULATION, as Annex III calls it."""


class IssuerUnknown(Refused):
    """The instrument has no such issuer."""


class NoteMissing(Refused):
    """An answer does not say why."""


class RuleStands(Refused):
    """A rule's answer that no person overrules."""


class ItemUnknown(Refused):
    """The instrument's checklist has no such item."""


def require_guards(transition: str, case: Case, now: datetime) -> None:
    """Raise Refused with every sentence of what is missing for this transition. Asked under the case's lock."""
    if missing := guards.missing(transition, read(case, now, exact=True)):
        raise Refused(*missing)


def require_state(case: Case, *states: CaseState) -> None:
    """Raise ChangedMeanwhile where the case is in none of the states."""
    if case.state not in states:
        raise ChangedMeanwhile(_("This case is in “%(state)s” now. Look at it again.") % {"state": case.state_words})


def set_emergency(
    *, case_id: int, danger: str, data_to_danger: str, follow_up_paper_date: date | None, by: User, now: datetime
) -> None:
    """An analyst sets the emergency; a sender's tick never does (invariant 12). The clocks change with it."""
    if not danger.strip():
        raise Refused(_("State who is in danger, and how."))
    if follow_up_paper_date and follow_up_paper_date < now.astimezone(settings.WRITDESK.receiving_zone).date():
        raise Refused(_("The paper follows: its day lies ahead."))
    with changing_for(by, case_id, Role.ANALYST) as case:
        require_state(case, CaseState.RECEIVED, CaseState.LEGAL_REVIEW)
        case.is_emergency, case.danger, case.data_to_danger = True, danger.strip(), data_to_danger.strip()
        case.follow_up_paper_date = follow_up_paper_date
        case.save()
        record(case, kinds.EMERGENCY_SET, at=now, by=by, danger=committed(case, case.danger, now=now))
        restart_receipt_clocks(case, now=now)


def clear_emergency(*, case_id: int, reason: str, by: User, now: datetime) -> None:
    """Take an emergency back."""
    with changing_for(by, case_id, Role.ANALYST) as case:
        require_state(case, CaseState.RECEIVED, CaseState.LEGAL_REVIEW)
        case.is_emergency = False
        case.save()
        record(case, kinds.EMERGENCY_CLEARED, at=now, by=by, reason=committed(case, reason, now=now))
        restart_receipt_clocks(case, now=now)


def set_issuer(*, case_id: int, issuer: str, by: User, now: datetime) -> None:
    """Record who issued the request. What was authorised beyond their power is decided anew; approvals fall.

    Law: Reg. (EU) 2023/1543 Art. 4. Raises IssuerUnknown.
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, CaseState.RECEIVED, CaseState.LEGAL_REVIEW)
        if issuer not in case.instrument.issuers:
            raise IssuerUnknown(_("No such issuer can issue this instrument."))
        case.issuer = issuer
        case.save(update_fields=["issuer"])
        record(case, kinds.ISSUER_RECORDED, at=now, by=by, issuer=issuer)
        for category in [one for one in case.asked if issuer_problems(case.instrument, issuer, one)]:
            beyond = case.targets.filter(authorised__contains=[category])
            beyond.update(authorised=[], authorised_fields=[], cut_reason="")
        void_approvals(case, RELEASE_KINDS, because="issuer", now=now)
        tally.recount(case)
        answer_by_rule(case, now=now)


def name_items(*, case_id: int, fields: Collection[str], by: User, now: datetime) -> None:
    """Record which items the paper asks for; none: it tells none apart. What was authorised is decided anew.

    Raises BeyondScope for an item that the instrument does not reach in what is asked. Law: 18 USC 2703(c)(2)(A)-(F).
    """
    with changing_for(by, case_id, Role.ANALYST, Role.COUNSEL) as case:
        require_state(case, CaseState.RECEIVED, CaseState.LEGAL_REVIEW)
        if beyond := sorted(set(fields) - _reached(case)):
            raise BeyondScope(
                _("This instrument does not reach these items here: %(what)s.") % {"what": ", ".join(beyond)}
            )
        if _was_narrowed(case) and is_wider(case.instrument_code, case.asked, named=fields, before=case.asked_fields):
            raise BeyondScope(_("A court narrowed the request: it asks for no item beyond what the court left."))
        case.asked_fields = sorted(set(fields))
        case.save(update_fields=["asked_fields"])
        record(case, kinds.ITEMS_NAMED, at=now, by=by, fields=case.asked_fields)
        case.targets.update(authorised=[], authorised_fields=[], cut_reason="")
        void_approvals(case, RELEASE_KINDS, because="items", now=now)
        tally.recount(case)
        answer_by_rule(case, now=now)


def _was_narrowed(case: Case) -> bool:
    return bool(case.challenges.filter(result=ChallengeResult.NARROWED).exists())


def _reached(case: Case) -> set[str]:
    return {letter for category in case.asked for letter in fields_of(case.instrument_code, category)}


def begin_review(*, case_id: int, by: User, now: datetime) -> None:
    """received → legal_review."""
    with changing_for(by, case_id, Role.ANALYST) as case:
        require_state(case, CaseState.RECEIVED)
        require_guards("begin_review", case, now)
        case.begin_review()
        save_moved(case)
        record(case, kinds.REVIEW_BEGUN, at=now, by=by)
        answer_by_rule(case, now=now)


def answer_item(*, case_id: int, item: str, answer: Answer, note: str, by: User, now: datetime) -> None:
    """Answer one question of the checklist, or answer it anew."""
    answer_items(case_id=case_id, answers={item: (answer, note)}, by=by, now=now)


def answer_items(*, case_id: int, answers: Mapping[str, tuple[Answer, str]], by: User, now: datetime) -> None:
    """Answer questions of the checklist, or answer them anew: item → answer and note.

    Everything but a yes needs a note, and so does an answer against a rule's. Raises ItemUnknown, NoteMissing, and
    RuleStands where a rule's no ends the review: what is wrong is a fact, to be corrected where it stands.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, CaseState.LEGAL_REVIEW)
        answer_by_rule(case, now=now)
        known = {item.code: item for item in review.items(case.instrument_code, case.agency_country)}
        if answers.keys() - known.keys():
            raise ItemUnknown(_("The checklist of this instrument has no such question."))
        ruled = {row.item: row for row in case.review_answers.filter(answered_by=None)}
        for item, (answer, note) in answers.items():
            _require_reasoned(known[item], answer, note.strip(), ruled.get(item), case.instrument_code)
        ReviewAnswer.objects.bulk_create(
            (
                ReviewAnswer(case=case, item=item, answer=answer, note=note.strip(), answered_by=by, answered_at=now)
                for item, (answer, note) in answers.items()
            ),
            update_conflicts=True,
            unique_fields=["case", "item"],
            update_fields=["answer", "note", "answered_by", "answered_at"],
        )
        for item, (answer, note) in answers.items():
            record(
                case,
                kinds.REVIEW_ANSWERED,
                at=now,
                by=by,
                item=item,
                answer=answer,
                note=committed(case, note.strip(), now=now),
            )


def _require_reasoned(
    item: review.ReviewItem, answer: str, note: str, ruled: ReviewAnswer | None, instrument_code: str
) -> None:
    if ruled is not None and answer != ruled.answer:
        if instrument_code in item.blocks:
            asked = {"question": _(item.question)}
            raise RuleStands(_("A rule answers “%(question)s” by the facts: correct them.") % asked)
        if not note or note == ruled.note:
            raise NoteMissing(_("A rule answers this by the facts: say why it is otherwise."))
    if review.needs_note(answer) and not note:
        raise NoteMissing(_("Say what is wrong.") if answer == Answer.NO else _("Say why it does not apply."))


def require_authorisable(case: Case) -> None:
    """Raise ChangedMeanwhile unless the case is in review, or an emergency that waits for no review."""
    at_once = case.is_emergency and case.instrument.emergency
    require_state(case, CaseState.LEGAL_REVIEW, *([CaseState.RECEIVED] if at_once else []))


def authorise(
    *,
    case_id: int,
    categories: Collection[str],
    reason: str,
    by: User,
    now: datetime,
    target_ids: Collection[int] = (),
    fields: Collection[str] | None = None,
) -> None:
    """Say what may be given for the targets (all, where none is named). What was asked and is cut needs a reason.

    `fields`: of an instrument whose law counts items, the letters of 18 USC 2703(c)(2) that may be given; None: all
    that it reaches in the categories. Raises BeyondScope for what the instrument cannot compel or was not asked.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_authorisable(case)
        chosen = sorted(set(categories), key=list(case.asked).index) if set(categories) <= set(case.asked) else None
        if chosen is None:
            raise BeyondScope(_("Only what was asked can be authorised."))
        if not_theirs := [one for one in chosen if issuer_problems(case.instrument, case.issuer, one)]:
            raise BeyondIssuer(_("Who issued this cannot order: %(what)s.") % {"what": ", ".join(not_theirs)})
        if beyond := [category for category in chosen if compellable(case.instrument_code, category) is None]:
            raise BeyondScope(_("This instrument cannot compel: %(what)s.") % {"what": ", ".join(beyond)})
        if not chosen:
            raise Refused(_("Authorise at least one category, or reject the request."))
        items, cut_items = _items(case, chosen, fields)
        cut = [category for category in case.asked if category not in chosen]
        targets = case.targets.filter(pk__in=target_ids) if target_ids else case.targets.all()
        changed = _give(case, targets, chosen, items, reason.strip())
        tally.recount(case)
        record(
            case,
            kinds.SCOPE_AUTHORISED,
            at=now,
            by=by,
            authorised=chosen,
            cut=cut,
            fields=items,
            cut_fields=cut_items,
            targets=changed,
            reason=committed(case, reason.strip(), now=now),
        )
        answer_by_rule(case, now=now)


def _give(case: Case, targets: QuerySet[Target], categories: Sequence[str], items: Collection[str], reason: str) -> int:
    """Authorise the categories and items of each target as far as they are asked of it; return of how many targets.

    A court may have left less of some targets than of others. Raises Refused where a target would get nothing, or
    something is cut without a reason.
    """
    changed = 0
    for asked in {tuple(one) for one in targets.order_by().values_list("asked", flat=True).distinct()}:
        given = [category for category in categories if category in asked]
        if not given:
            raise Refused(_("Of some of these targets nothing of it is asked: choose the targets."))
        wanted = {one for each in asked for one in fields_asked(case.instrument_code, each, case.asked_fields)}
        letters = sorted(one for each in given for one in fields_of(case.instrument_code, each) if one in items)
        is_cut = len(given) < len(asked) or set(letters) < wanted
        if is_cut and not reason:
            raise Refused(_("Give the reason for what was asked and cut."))
        same = targets.filter(asked=list(asked))
        changed += same.update(authorised=given, authorised_fields=letters, cut_reason=reason if is_cut else "")
    return changed


def _items(case: Case, categories: Collection[str], fields: Collection[str] | None) -> tuple[list[str], list[str]]:
    """Return the items authorised, and those that were asked in the categories and counsel cut."""
    code, named = case.instrument_code, case.asked_fields
    asked = sorted(letter for category in categories for letter in fields_asked(code, category, named))
    chosen = asked if fields is None else sorted(set(fields))
    if problems := fields_problems(code, categories=categories, fields=chosen, named=named):
        raise BeyondScope(*(_(problem.explanation) for problem in problems))
    return chosen, [letter for letter in asked if letter not in chosen]


def pass_review(*, case_id: int, by: User, now: datetime) -> None:
    """legal_review → conflict_check. From here on the customers are owed a notice: their duties begin."""
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, CaseState.LEGAL_REVIEW)
        answer_by_rule(case, now=now)
        require_guards("pass_review", case, now)
        case.pass_review()
        save_moved(case)
        record(case, kinds.REVIEW_PASSED, at=now, by=by)
        create_duties(case, now=now, by=by)
        presume_service(case, now=now)


def change_request(case: Case, *, because: str, now: datetime) -> None:
    """What was asked has changed: approvals fall, and what was authorised is looked at again. The case is in review."""
    void_all(case, because=because, now=now)
    case.review_answers.all().delete()
    case.assessments.all().delete()
    case.targets.update(authorised=[], authorised_fields=[], cut_reason="")
    case.asked_fields = sorted(set(case.asked_fields) & _reached(case))
    case.save(update_fields=["asked_fields"])
    tally.recount(case)
    answer_by_rule(case, now=now)
