"""The motion to quash for a conflict with foreign law: its eight factors, and telling the foreign government.

Law: 18 USC 2703(h).
"""

import re
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Role, User
from cases import ledger_kinds as kinds
from cases.actions.changing import Refused, changing_for, committed, record
from cases.actions.letter_travel import letter_left
from cases.actions.letters import draft_letter
from cases.actions.review import require_state
from cases.findings import groups, request_of
from cases.models import Case, ComityFactor, Forum, GovernmentNotice, LetterKind, LetterState
from cases.rules.conflict import COMITY_FACTORS, government_to_tell, missing_factors
from cases.rules.finding import MOTION_CLOCK
from cases.rules.letters import text_to_government
from cases.states import CHALLENGEABLE

MOTION = "us_2703h"  # of rules/data/remedies.toml


class MotionNotOpen(Refused):
    """The facts do not open the motion, for none of the targets."""


class FactorsMissing(Refused):
    """The motion does not speak to every factor that the court weighs."""


class GovernmentNotTold(Refused):
    """The statute does not let this government be told, or it is decided already."""


class LetterSaysTooMuch(Refused):
    """The statute lets us tell the fact of process; the letter tells of whom or by whom it is."""


def write_factors(*, case_id: int, texts: Mapping[str, str], by: User, now: datetime) -> None:
    """Write what the motion says to the factors, by letter; one left empty stays as it is.

    Raises MotionNotOpen with what stands against the motion.
    """
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *CHALLENGEABLE)
        _require_open(case, now)
        said = {letter: text.strip() for letter, text in texts.items() if letter in COMITY_FACTORS and text.strip()}
        before = dict(case.comity_factors.values_list("letter", "text"))
        changed = {letter: text for letter, text in said.items() if before.get(letter) != text}
        if not changed:
            raise Refused(_("Nothing was changed."))
        ComityFactor.objects.bulk_create(
            (ComityFactor(case=case, letter=one, text=changed[one], author=by, written_at=now) for one in changed),
            update_conflicts=True,
            unique_fields=["case", "letter"],
            update_fields=["text", "author", "written_at"],
        )
        record(case, kinds.FACTORS_WRITTEN, at=now, by=by, letters=sorted(changed))


def _require_open(case: Case, now: datetime) -> None:
    found = [one for group in groups(case, now) for one in group.finding.filings if one.outcome == "motion_2703h"]
    if not any(filing.available for filing in found):
        why = dict.fromkeys(_(problem.explanation) for filing in found for problem in filing.problems)
        raise MotionNotOpen(*(why or [_("This kind of request knows no such motion or objection.")]))


def require_motion_complete(case: Case, forum: str, remedy: str, now: datetime) -> None:
    """Raise where a motion under 2703(h) goes to a court and is not open, or does not speak to all eight factors.

    It lets the deadline stand still by law, so nobody calls a challenge so whose facts do not open it.
    Raises MotionNotOpen, FactorsMissing. Law: 18 USC 2703(h)(2), (3).
    """
    if remedy == MOTION:
        _require_open(case, now)
    elif forum != Forum.COURT or not case.assessments.filter(outcome="motion_2703h").exists():
        return
    if missing := missing_factors(dict(case.comity_factors.values_list("letter", "text"))):
        raise FactorsMissing(_("The motion says nothing yet to: %(letters)s.") % {"letters": ", ".join(missing)})


def governments_to_tell(case: Case, now: datetime) -> dict[str, str]:
    """Return the governments that may be told of the process now, by country: the authority to write to."""
    found = groups(case, now)
    nationalities = {group.person.nationality for group in found}
    residences = {group.person.residence for group in found}
    request = request_of(case, ())
    told = set(case.government_notices.values_list("country", flat=True))
    offered = {}
    for country in sorted((nationalities | residences) - told - {""}):
        authority = government_to_tell(
            country=country,
            on=request.received_on,
            is_us_process=MOTION_CLOCK in case.instrument.other_clocks,
            nationalities=nationalities,
            residences=residences,
        )
        if authority is not None:
            offered[country] = authority
    return offered


def decide_government_notice(
    *, case_id: int, country: str, authority: str, reason: str, text: str, by: User, now: datetime
) -> GovernmentNotice:
    """Decide to tell the designated authority of that government, with this letter, which leaves elsewhere.

    Returns the notice. Raises GovernmentNotTold, LetterSaysTooMuch. Law: 18 USC 2703(h)(5).
    """
    if not reason.strip() or not authority.strip():
        raise Refused(_("Say whom to tell, and why."))
    if not text.strip():
        raise Refused(_("Write the text of the letter."))
    with changing_for(by, case_id, Role.COUNSEL) as case:
        require_state(case, *CHALLENGEABLE)
        if country not in governments_to_tell(case, now):
            raise GovernmentNotTold(_("The law does not let us tell this government, or it is decided already."))
        _require_fact_alone(case, text)
        letter = draft_letter(case, LetterKind.GOVERNMENT, text, by=by, now=now)
        notice = GovernmentNotice.objects.create(
            case=case,
            country=country,
            authority=authority.strip(),
            reason=reason.strip(),
            letter=letter,
            decided_by=by,
            decided_at=now,
        )
        record(
            case,
            kinds.GOVERNMENT_NOTICE_DECIDED,
            at=now,
            by=by,
            country=country,
            reason=committed(case, notice.reason, now=now),
            text=committed(case, letter.text, now=now),
        )
        return notice


def government_text(case: Case) -> str:
    """Return a text for the letter to a foreign government, for counsel to go over."""
    return text_to_government(reference=case.reference)


def _require_fact_alone(case: Case, text: str) -> None:
    """Raise LetterSaysTooMuch where the letter names a target, a customer, or who asks."""
    targets = case.targets.values_list("value", "customer__name", "customer__identifier", "customer__email")
    names = {case.agency.name, case.agency_reference, *(name for row in targets.iterator() for name in row)}
    if named := sorted(name for name in names if name and _is_named(name, text)):
        raise LetterSaysTooMuch(
            _("The law lets us tell that there is process, and no more. Leave out: %(names)s.")
            % {"names": ", ".join(named)}
        )


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def record_government_told(*, notice_id: int, how: str, by: User, now: datetime) -> None:
    """Note that the government was told, and how."""
    notice = GovernmentNotice.objects.get(pk=notice_id)
    if not how.strip():
        raise Refused(_("Say how it was sent."))
    with changing_for(by, notice.case_id, Role.COUNSEL) as case:
        if letter := case.letters.filter(government=notice, state=LetterState.DRAFTED).first():
            letter_left(case, letter, how=how.strip(), at=now, by=by, now=now)
            return
        waiting = case.government_notices.filter(pk=notice_id, sent_at=None)
        if not waiting.update(sent_at=now, sent_how=how.strip()):
            raise Refused(_("It is on record already that this government was told."))
        record(case, kinds.GOVERNMENT_NOTICE_SENT, at=now, by=by, country=notice.country)
