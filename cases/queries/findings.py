"""What the facts say of a conflict of law, in words for counsel: laws with their sources, outcomes, and last days."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.findings import Group
from cases.queries.marks import marked
from cases.rules.agreements import Agreement
from cases.rules.conflict import OUTCOMES
from cases.rules.finding import Filing, Involved, Person

Words = str | Promise


@dataclass(frozen=True)
class FindingWords:
    """One finding as cases/_entries.html draws it."""

    title: Words
    mark: tuple[str, Words, str]  # kind, words, icon
    lines: list[Words]


def in_words(group: Group) -> FindingWords:
    """Return the finding of one group of targets, with why, what it rests on and what is open."""
    return FindingWords(title=group_words(group), mark=_mark(group), lines=list(_lines(group)))


def group_words(group: Group) -> str:
    """Return whose targets they are and how many: "lives in FR, we are the processor: 12 targets, shop.example …"."""
    number = ngettext("%(total)d target", "%(total)d targets", group.targets) % {"total": group.targets}
    example = group.example if group.targets == 1 else _("%(first)s and others") % {"first": group.example}
    return f"{person_words(group.person)}: {number} ({example})"


def person_words(person: Person) -> str:
    """Return what is known of a person: "Lives in FR, national of BE, we are the processor"."""
    home = person.residence
    words = [_("Lives in %(country)s") % {"country": home} if home else _("Residence not known")]
    if person.nationality:
        words.append(_("national of %(country)s") % {"country": person.nationality})
    if person.us_person is not None:
        words.append(_("US person") if person.us_person else _("not a US person"))
    roles = {"processor": _("we are the processor"), "controller": _("we are the controller")}
    return ", ".join([*words, roles.get(person.role, _("our role not known"))])


def _mark(group: Group) -> tuple[str, Words, str]:
    if not group.unassessed:
        return "good", _("Assessed"), "check"
    if group.finding.required:
        return "warn", _("To be assessed"), "scales"
    return "", _("Nothing on record stands against it"), "scales"


def _lines(group: Group) -> Iterator[str]:
    found = group.finding
    yield from (_(reason.explanation) for reason in found.reasons)
    yield from (law_words(involved) for involved in found.laws)
    yield _("What can come of it: %(outcomes)s.") % {
        "outcomes": "; ".join(_(OUTCOMES[code].title) for code in found.outcomes)
    }
    yield from (filing_words(filing) for filing in found.filings)


def law_words(involved: Involved) -> str:
    """Return a law with why it is involved, its exception, penalty and source, and whether that is verified."""
    law = involved.law
    because = {"residence": _("the customer lives there"), "establishment": _("we are established there")}
    why = _(" and ").join(because[one] for one in involved.because)
    words = [f"{_(law.title)}, {law.provision}: {why}.", _("Exception: %(what)s.") % {"what": _(law.exception)}]
    if involved.agreement:
        words.append(_("In force on the day of receipt: %(agreement)s.") % {"agreement": _marked(involved.agreement)})
    if law.penalty:
        words.append(_("Penalty: %(what)s.") % {"what": _(law.penalty)})
    words.append(_("Source: %(what)s.") % {"what": law.source})
    return " ".join([*words, *([] if law.verified else [_("Not verified: counsel confirms it.")])])


def _marked(agreement: Agreement) -> str:
    return marked(_(agreement.title), is_verified=agreement.verified)


def filing_words(filing: Filing) -> str:
    """Return a motion or objection with its last day and source, or why it is not open."""
    words = {"title": _(OUTCOMES[filing.outcome].title), "source": filing.source}
    if filing.available:
        day = date_format(filing.last_day, "DATE_FORMAT")
        said = _("%(title)s: open until %(day)s, all of that day (%(source)s).") % {**words, "day": day}
    else:
        why = "; ".join(_(problem.explanation) for problem in filing.problems)
        said = _("%(title)s: not open: %(why)s (%(source)s).") % {**words, "why": why}
    return said if filing.verified else f"{said} {_('Not verified: counsel confirms it.')}"
