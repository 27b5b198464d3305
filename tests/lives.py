"""Lead a case through its life by the real actions, as far as a test wants it. Every step takes the hour as `now`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from accounts.models import User
from cases.actions import (
    conflict,
    deciding,
    deliveries,
    ending,
    letters,
    measures,
    preservations,
    productions,
    review,
    statements,
)
from cases.actions.agencies import verify_agency
from cases.actions.call_backs import record_call_back
from cases.actions.conflict import Finding
from cases.actions.deliveries import Handed
from cases.actions.duties import record_delivery, record_failure
from cases.actions.measures import NewMeasure
from cases.actions.nondisclosure import NewOrder, record_order
from cases.actions.opening import NewTarget, open_case
from cases.models import (
    Agency,
    Answer,
    Approval,
    Case,
    CaseDocument,
    Customer,
    MeasureKind,
    NondisclosureOrder,
    NoticeDuty,
    VerificationMethod,
)
from cases.references import ALPHABET, new_reference
from cases.rules.review import items
from cases.states import ApprovalKind, Category, Channel, DisclosureResult, DutyState, TargetKind
from vault.actions import new_scope, store

_numbers = count(1)


@dataclass(frozen=True)
class Staff:
    """Who acts: Ana triages, Ines reviews, Paul is the second counsel."""

    analyst: User
    ines: User
    paul: User


def carla(**fields: object) -> Customer:
    """Return a new customer such as Carla."""
    number = next(_numbers)
    defaults = {
        "identifier": f"acct-{number}",
        "name": "Carla Moreau",
        "email": f"carla{number}@customer.example",
        "country": "US",
        "timezone": "America/New_York",
    }
    return Customer.objects.create(**defaults | fields)


def oseis_agency(now: datetime, **fields: str) -> Agency:
    """Return Detective Osei's agency, not verified yet."""
    defaults = {"name": f"Osei's police department {next(_numbers)}", "country": "US", "kind": "law_enforcement"}
    return Agency.objects.create(**defaults | fields, first_seen_at=now)


def received(
    now: datetime,
    *,
    customers: Sequence[Customer] | None = None,
    instrument: str = "us_subpoena",
    asked: Sequence[str] = (Category.SUBSCRIBER,),
    agency: Agency | None = None,
    return_date: date | None = None,
    **fields: object,
) -> Case:
    """Return a case in `received`, one account of each customer its targets."""
    customers = [carla()] if customers is None else customers
    return open_case(
        instrument_code=instrument,
        agency=agency or oseis_agency(now),
        targets=[NewTarget(TargetKind.ACCOUNT, customer.identifier, customer) for customer in customers],
        asked=[Category(category) for category in asked],
        channel=Channel.PORTAL,
        received_at=now,
        return_date=return_date,
        now=now,
        **fields,  # type: ignore[arg-type]
    )


def verified(case: Case, staff: Staff, now: datetime) -> Case:
    """Call the agency back at a number of its own directory."""
    verify_agency(
        agency_id=case.agency_id,
        method=VerificationMethod.CALL_BACK,
        number_source="the county's public directory",
        evidence="The desk sergeant confirmed Detective Osei and the case number.",
        by=staff.analyst,
        now=now,
    )
    return again(case)


def in_review(case: Case, staff: Staff, now: datetime) -> Case:
    """received → legal_review."""
    verified(case, staff, now)
    review.begin_review(case_id=case.pk, by=staff.analyst, now=now)
    return again(case)


def in_conflict_check(case: Case, staff: Staff, now: datetime) -> Case:
    """legal_review → conflict_check, everything asked that the instrument can compel authorised."""
    case = in_review(case, staff, now)
    pass_review(case, staff, now)
    return again(case)


def pass_review(case: Case, staff: Staff, now: datetime) -> None:
    """Answer every question of the review, authorise, and pass it on."""
    name_issuer(case, staff, now)
    answer_questions(case, staff, now)
    authorise(case, staff, now)
    review.pass_review(case_id=case.pk, by=staff.ines, now=now)


def name_issuer(case: Case, staff: Staff, now: datetime) -> None:
    """Record that a judge issued it, where the law lets some issuers order less than others."""
    if case.instrument.issuer_limits and not case.issuer:
        review.set_issuer(case_id=case.pk, issuer="judge", by=staff.analyst, now=now)


def answer_questions(case: Case, staff: Staff, now: datetime) -> None:
    """Answer every question of the review with yes."""
    for item in items(case.instrument_code, case.agency_country):
        review.answer_item(
            case_id=case.pk, item=item.code, answer=Answer.YES, note="Ines read it.", by=staff.ines, now=now
        )


def state_danger(case: Case, staff: Staff, now: datetime) -> None:
    """Ana finds that it is an emergency."""
    review.set_emergency(
        case_id=case.pk,
        danger="A child is held; no judge can be reached tonight.",
        data_to_danger="The address leads to the child.",
        follow_up_paper_date=(now + timedelta(days=4)).date(),
        by=staff.analyst,
        now=now,
    )


def called_back(case: Case, staff: Staff, now: datetime) -> Case:
    """Ana calls the agency back for this request, at a number of the county's directory; Paul listens."""
    record_call_back(
        case_id=case.pk,
        number_called="+1 503 555 0143",
        number_source="the county's public directory",
        evidence="The desk sergeant confirmed Detective Osei and the danger.",
        second_verifier=staff.paul,
        by=staff.analyst,
        now=now,
    )
    return again(case)


def authorise(case: Case, staff: Staff, now: datetime) -> None:
    """Authorise what was asked and can be compelled, where the instrument ends in a disclosure at all."""
    compellable = [category for category in case.asked if category in case.instrument.compels]
    if compellable and not case.instrument.ends_in.isdisjoint({"disclosure", "prospective"}):
        review.authorise(
            case_id=case.pk, categories=compellable, reason="beyond the instrument", by=staff.ines, now=now
        )


NO_CONFLICT = Finding(
    outcome="no_conflict",
    reason="Customer and authority are in the same country.",
    rests_on=("residence",),
    legal_basis="Art. 6(1)(c)",
    transfer_ground="Art. 49(1)(e)",
)


def notice_pending(case: Case, staff: Staff, now: datetime) -> Case:
    """conflict_check → notice_pending, or further where nobody is to be told."""
    case = in_conflict_check(case, staff, now)
    clear(case, staff, now)
    return again(case)


def clear(case: Case, staff: Staff, now: datetime) -> None:
    """Find no conflict of law, preserve where the instrument asks for it, and clear the check."""
    conflict.assess(case_id=case.pk, finding=NO_CONFLICT, by=staff.ines, now=now)
    if (
        case.instrument.interim_preservation
        and not case.preservations.filter(rule="interim", released_at=None).exists()
    ):
        preservations.preserve(case_id=case.pk, rule="interim", confirmed=True, by=staff.analyst, now=now)
    conflict.clear_conflict(case_id=case.pk, by=staff.ines, now=now)


def notified(case: Case, staff: Staff, now: datetime) -> Case:
    """notice_pending → customer_notified: every duty confirmed as delivered at this moment."""
    case = notice_pending(case, staff, now)
    tell(case, now)
    return again(case)


def tell(case: Case, now: datetime) -> None:
    """Everybody who is owed a notice has it, and a delivery event confirms it."""
    for duty in case.duties.filter(state=DutyState.PENDING):
        record_delivery(duty_id=duty.pk, at=now, now=now, confirmed=True)


def withheld(case: Case, staff: Staff, now: datetime, last_day: date | None = None) -> Case:
    """notice_pending → notice_withheld, under Judge Brandt's order."""
    brandts_order(case, staff, now, last_day=last_day)
    return notice_pending(case, staff, now)


def brandts_order(case: Case, staff: Staff, now: datetime, last_day: date | None = None) -> NondisclosureOrder:
    """Record Judge Brandt's order not to tell, from today to its last day (None: without end)."""
    new = NewOrder(
        basis="us_2705b",
        provision="18 USC 2705(b)",
        court="D. Or.",
        first_day=now.date(),
        last_day=last_day,
        is_indefinite=last_day is None,
        zone="America/Los_Angeles",
    )
    return record_order(case_id=case.pk, new=new, by=staff.analyst, now=now).order


def effect_prepared(case: Case, staff: Staff, now: datetime) -> None:
    """Record what the order asks to be done and what its notice repeats, and find that nobody else is hit."""
    if case.instrument.measures and not case.measures.exists():
        new = NewMeasure(
            kind=MeasureKind(case.instrument.measures[0]),
            territories=("DE",),
            reasons="The page incites to hatred: section 130 of the Criminal Code.",
            redress="An action before the administrative court of Cologne, within a month.",
        )
        measures.set_measures(case_id=case.pk, new=new, by=staff.analyst, now=now)
        measures.check_collateral(
            case_id=case.pk, hit=(), note="Nothing else is served from there.", by=staff.analyst, now=now
        )
    elif case.instrument.notice_states:
        statements.state_order(
            case_id=case.pk,
            reasons="The authority looks for who runs an illegal shop.",
            redress="An action before the administrative court of Cologne, within a month.",
            by=staff.analyst,
            now=now,
        )


def answer_proposed(
    case: Case, staff: Staff, now: datetime, *, kind: ApprovalKind = ApprovalKind.ANSWER, files: Sequence[str] = ()
) -> Approval:
    """Propose to answer, or to release a part, with everything that is authorised."""
    effect_prepared(case, staff, now)
    results = dict.fromkeys(case.asked, DisclosureResult.PRODUCED)
    return productions.propose_release(
        case_id=case.pk,
        kind=kind,
        rows=productions.rows_for_all(case, results, overall=overall(case)),
        files=files,
        reason="Complete as authorised.",
        by=staff.ines,
        now=now,
    )


def overall(case: Case) -> str:
    """Return the result of an instrument that ends in no disclosure of categories."""
    if "effect" in case.instrument.ends_in:
        return DisclosureResult.EFFECT_GIVEN
    return DisclosureResult.PRESERVED if case.instrument.ends_in <= {"preserved"} else ""


def approved(approval: Approval, staff: Staff, now: datetime) -> Approval:
    """Paul approves what Ines proposed."""
    return deciding.approve(
        approval_id=approval.pk, digest=approval.digest, decision="Seen and agreed.", by=staff.paul, now=now
    )


def with_file(case: Case, staff: Staff, now: datetime, content: bytes = b"Carla Moreau, since 2019") -> CaseDocument:
    """Keep a file that is to be handed over."""
    case = again(case)
    if case.keys is None:
        case.keys = new_scope(now=now)
        Case.objects.filter(pk=case.pk).update(keys=case.keys)
    document = store([content], scope=case.keys, name="subscriber.csv", by_id=staff.ines.pk, now=now)
    return CaseDocument.objects.create(case=case, document=document, role="production", added_at=now)


def delivered_by_link(case: Case, staff: Staff, now: datetime) -> Handed:
    """Tell, wait, release one file fifteen days later, and make a link to it at that moment."""
    case, later = notified(case, staff, now), now + timedelta(days=15)
    file = with_file(case, staff, later)
    approval = approved(answer_proposed(case, staff, later, files=[str(file.document_id)]), staff, later)
    production = productions.release(approval_id=approval.pk, by=staff.ines, now=later)
    return deliveries.deliver_by_link(
        production_id=production.pk, recipient="Detective Osei", days=30, by=staff.analyst, now=later
    )


def answered(case: Case, staff: Staff, now: datetime) -> Case:
    """Tell, wait for the window's end, propose, approve, release. The case is answered fifteen days later."""
    return answered_now(notified(case, staff, now), staff, now + timedelta(days=15))


def answered_now(case: Case, staff: Staff, now: datetime) -> Case:
    """Propose, approve, release: all at this moment."""
    approval = approved(answer_proposed(case, staff, now), staff, now)
    productions.release(approval_id=approval.pk, by=staff.ines, now=now)
    send_letters(case, staff, now)
    return again(case)


def send_letters(case: Case, staff: Staff, now: datetime) -> None:
    """Send what is drafted, by registered post."""
    for letter in case.letters.filter(state="drafted"):
        letters.record_letter_sent(letter_id=letter.pk, how="registered post", by=staff.analyst, now=now)


def rejected(case: Case, staff: Staff, now: datetime) -> Case:
    """Reject as overbroad, with Paul's agreement where the instrument asks for it."""
    approval = ending.reject(case_id=case.pk, ground="overbroad", text="It asks for too much.", by=staff.ines, now=now)
    if approval:
        approved(approval, staff, now)
    return again(case)


def withdrawn(case: Case, staff: Staff, now: datetime) -> Case:
    """The agency takes its request back."""
    ending.withdraw(case_id=case.pk, reason="Detective Osei called: solved.", by=staff.analyst, now=now)
    return again(case)


def reopened(case: Case, staff: Staff, now: datetime) -> Case:
    """A wider order came: Ines proposes, Paul agrees, review begins again."""
    proposal = ending.propose_reopening(
        case_id=case.pk, because="amended_order", reason="A wider order came.", by=staff.ines, now=now
    )
    approved(proposal, staff, now)
    return again(case)


def fail(duty: NoticeDuty, now: datetime) -> None:
    """The customer's mail server sent the notice back for good."""
    record_failure(duty_id=duty.pk, now=now, because="refused")


def again(case: Case) -> Case:
    """Return the case as it is in the database now."""
    found: Case = Case.objects.select_related("agency", "keys").get(pk=case.pk)
    return found


def numbered_reference(number: int) -> str:
    """Return a reference that is always the same for a number, for tests that compare pages."""
    digits = iter(f"{number:08d}" * 9)
    return new_reference(2026, lambda alphabet: next(digits, ALPHABET[0]))
