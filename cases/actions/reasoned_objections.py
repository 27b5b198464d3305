"""The reasoned objection to an EPOC: Section E of Annex III. Law: Reg. (EU) 2023/1543 Art. 17."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, record
from cases.actions.letters import draft_letter
from cases.actions.review import require_state
from cases.findings import request_of
from cases.models import Letter, LetterKind
from cases.rules.art17 import NATURES, last_day_to_object, section_e
from cases.rules.conflict import art17_objection_problems
from cases.rules.finding import OBJECTION_CLOCK
from cases.states import CHALLENGEABLE


class ObjectionIncomplete(Refused):
    """The objection leaves out a field, rests on what is no ground by itself, or comes too late."""


@dataclass(frozen=True)
class SectionE:
    """The objection as counsel fills it in: the fields of Annex III Section E."""

    law: str
    provision: str
    nature: str  # of cases.rules.art17.NATURES
    why_applicable: str
    why_conflict: str
    rests_on: tuple[str, ...]
    link: str = ""  # between us and the third country
    consequences: str = ""  # for us
    other: str = ""


def object_to_epoc(*, case_id: int, objection: SectionE, by: User, now: datetime) -> Letter:
    """Draft Annex III with the objection, on or before its last day, and return the letter.

    Raises ObjectionIncomplete with everything that is wrong.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *CHALLENGEABLE)
        if OBJECTION_CLOCK not in case.instrument.clocks:
            raise ObjectionIncomplete(_("This kind of request knows no such motion or objection."))
        received_on = request_of(case, ()).received_on
        problems = art17_objection_problems(
            received_on=received_on,
            filed_on=now.astimezone(settings.WRITDESK.receiving_zone).date(),
            law=objection.law,
            provision=objection.provision,
            why_applicable=objection.why_applicable,
            why_conflict=objection.why_conflict,
            rests_on=objection.rests_on,
        )
        wrong = [_(problem.explanation) for problem in problems]
        if objection.nature not in NATURES:
            wrong.append(_("Say what the law protects, as the form does."))
        if wrong:
            raise ObjectionIncomplete(*wrong)
        text = section_e(
            reference=case.reference,
            agency_reference=case.agency_reference,
            received_on=received_on,
            law=objection.law,
            provision=objection.provision,
            nature=objection.nature,
            why_applicable=objection.why_applicable,
            why_conflict=objection.why_conflict,
            link=objection.link,
            consequences=objection.consequences,
            other=objection.other,
        )
        letter = draft_letter(case, LetterKind.ANNEX_III, text, by=by, now=now, meets=OBJECTION_CLOCK)
        last_day = last_day_to_object(received_on)
        record(
            case, kinds.OBJECTION_DRAFTED, at=now, by=by, letter=letter.pk, nature=objection.nature, last_day=last_day
        )
        return letter
