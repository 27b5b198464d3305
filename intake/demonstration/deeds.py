"""What people do in a life: triage, review, the conflict check. Each deed takes its hours first."""

from datetime import timedelta

from cases.actions import conflict, deciding, letters, nondisclosure, preservations, questions, review
from cases.actions.compartments import assign
from cases.actions.conflict import Finding
from cases.actions.ending import reject
from cases.actions.nondisclosure import NewOrder
from cases.models import Answer, Approval, Letter, LetterState, NondisclosureOrder, Target
from cases.rules.review import items
from cases.rules.scope import releasable
from cases.states import ApprovalState
from intake.demonstration import words
from intake.demonstration.life import Life
from intake.demonstration.sorts import EUROPE

DAY = 24.0  # hours
SEALED = timedelta(days=365)


def triage(life: Life) -> None:
    """received → legal_review: looked at, assigned, the order that came with it recorded."""
    life.work(0.5, 9)
    if not life.instrument.national_security and life.rng.random() < 0.4:
        assign(
            case_id=life.case_id,
            assignee=life.rng.choice([life.staff.ana, life.staff.ines]),
            by=life.analyst,
            now=life.now,
        )
    if life.shape.has_order:
        silence(life)
    life.work(0.2, 4)
    review.begin_review(case_id=life.case_id, by=life.analyst, now=life.now)


def silence(life: Life) -> NondisclosureOrder:
    """Record the court's order not to tell: for a year, as long again, or without an end."""
    court, zone = words.COURTS[life.shape.agency.country]
    first_day = life.shape.received_at.date()
    days = life.rng.choice((90, 180, 365, 365, None))
    new = NewOrder(
        basis="us_2705b" if life.shape.agency.country == "US" else "foreign_order",
        provision="18 USC 2705(b)" if life.shape.agency.country == "US" else "the order's own law",
        court=court,
        first_day=first_day,
        last_day=first_day + timedelta(days=days) if days else None,
        is_indefinite=days is None,
        zone=zone,
    )
    return nondisclosure.record_order(case_id=life.case_id, new=new, by=life.analyst, now=life.now).order


def review_all(life: Life) -> None:
    """legal_review → conflict_check: every question answered, what can be given authorised."""
    life.work(2, DAY)
    answer_questions(life)
    life.work(0.3, 6)
    authorise(life)
    review.pass_review(case_id=life.case_id, by=life.staff.ines, now=life.now)


def answer_questions(life: Life) -> None:
    """Name the issuer where that matters, and answer what no rule answers of the checklist."""
    if life.instrument.issuer_limits:
        review.set_issuer(case_id=life.case_id, issuer="investigating_judge", by=life.analyst, now=life.now)
    ruled = set(life.case.review_answers.values_list("item", flat=True))
    asked = items(life.shape.kind.instrument, life.shape.agency.country)
    answers = {item.code: (Answer.YES, "") for item in asked if item.code not in ruled}
    if life.rng.random() < 0.5:
        answers["language"] = (Answer.NOT_APPLICABLE, words.IN_ENGLISH)
    review.answer_items(case_id=life.case_id, answers=answers, by=life.staff.ines, now=life.now)


def authorise(life: Life) -> None:
    """Authorise what was asked and may be given, where the instrument ends in giving anything."""
    asked = life.shape.asked
    given = [category for category in asked if _may_leave(life, category)]
    if given and not life.instrument.ends_in.isdisjoint({"disclosure", "prospective"}):
        reason = life.rng.choice(words.CUTS) if len(given) < len(asked) else ""
        review.authorise(case_id=life.case_id, categories=given, reason=reason, by=life.staff.ines, now=life.now)


def _may_leave(life: Life, category: str) -> bool:
    agency = life.shape.agency
    return not releasable(
        life.shape.kind.instrument,
        category,
        authorised=[category],
        agency_country=agency.country,
        agency_kind=agency.kind,
    )


def check_conflict(life: Life) -> None:
    """conflict_check → notice_pending, or further where nobody is to be told."""
    life.work(1, DAY)
    assess(life, conflicting=False)
    clear(life)


def clear(life: Life) -> None:
    """Preserve what must be kept, and clear the conflict check."""
    if life.instrument.interim_preservation and not life.case.preservations.filter(released_at=None).exists():
        preservations.preserve(
            case_id=life.case_id, rule=_hold_rule(life), confirmed=True, by=life.analyst, now=life.now
        )
    life.work(0.2, 3)
    conflict.clear_conflict(case_id=life.case_id, by=life.staff.ines, now=life.now)


def _hold_rule(life: Life) -> str:
    instrument = life.instrument
    return instrument.clocks[0] if instrument.kind == "preservation" else preservations.INTERIM


def assess(life: Life, *, conflicting: bool) -> None:
    """Record a finding for the targets of each country that customers live in."""
    rows = Target.objects.filter(case=life.case_id).order_by("pk").values_list("pk", "customer__country")
    countries: dict[str, list[int]] = {}
    for pk, country in rows:
        countries.setdefault(country or "", []).append(pk)
    for country, target_ids in countries.items():
        conflict.assess(
            case_id=life.case_id,
            finding=_finding(country, is_conflict=conflicting and country in EUROPE),
            by=life.staff.ines,
            now=life.now,
            target_ids=target_ids,
        )


def _finding(country: str, *, is_conflict: bool) -> Finding:
    if is_conflict:
        return Finding(
            outcome="comity_objection",
            reason=words.CONFLICT,
            rests_on=("residence", "prohibiting_law"),
            residence=country,
            law="gdpr_48",
            provision="GDPR Art. 48",
        )
    return Finding(
        outcome="no_conflict",
        reason=words.NO_CONFLICT,
        rests_on=("residence",),
        residence=country,
        legal_basis="GDPR Art. 6(1)(f)" if country in EUROPE | {"CH", "GB"} else "",
        transfer_ground="GDPR Art. 49(1)(e)" if country in EUROPE | {"CH", "GB"} else "",
    )


def ask(life: Life) -> None:
    """Put a question to the agency, the return date standing still meanwhile."""
    life.work(1, 10)
    pausing = list(life.case.clocks.filter(state="running", ends_answer=True).values_list("pk", flat=True))
    text = life.rng.choice(words.QUESTIONS)
    questions.ask_agency(case_id=life.case_id, text=text, pause_clocks=pausing, by=life.analyst, now=life.now)
    send_letters(life)


def hear(life: Life, *, changes: bool) -> None:
    """Record the agency's reply."""
    reply = life.rng.choice(words.REPLIES)
    questions.agency_replied(case_id=life.case_id, reply=reply, changes_request=changes, by=life.analyst, now=life.now)


def refuse(life: Life, ground: str) -> Approval | None:
    """Reject the request, or propose it where another counsel must agree."""
    return reject(case_id=life.case_id, ground=ground, text=words.REFUSALS[ground], by=life.staff.ines, now=life.now)


def agree(life: Life, approval: Approval, decision: str = "Seen and agreed.") -> bool:
    """Let Paul approve what Ines proposed; False where it fell meanwhile."""
    life.work(0.5, 8)
    if not Approval.objects.filter(pk=approval.pk, state=ApprovalState.PROPOSED).exists():
        return False
    deciding.approve(
        approval_id=approval.pk, digest=approval.digest, decision=decision, by=life.staff.paul, now=life.now
    )
    return True


def refuse_together(life: Life, ground: str) -> None:
    """Reject the request, with Paul's agreement where it needs one, and send the letter."""
    approval = refuse(life, ground)
    if approval:
        agree(life, approval)
    send_letters(life)


def send_letters(life: Life) -> None:
    """Send what was drafted."""
    life.work(0.3, 5)
    how = life.rng.choice(("the authority's portal", "registered post", "e-mail to the officer"))
    for letter in Letter.objects.filter(case=life.case_id, state=LetterState.DRAFTED):
        letters.record_letter_sent(letter_id=letter.pk, how=how, by=life.analyst, now=life.now)
