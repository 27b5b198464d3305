"""The letter that goes with the last part: for each group of targets what was produced, what not, what is withheld."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.actions.letters import draft_letter
from cases.models import Case, Disclosure, Letter, LetterKind, Production
from cases.rules.manifest import files_of
from cases.rules.scope import compellable
from cases.states import Category, DisclosureResult

TARGETS_NAMED = 20  # of a group; the files speak of the others
R = DisclosureResult

Results = tuple[tuple[str, str], ...]  # category, result: what became of every target of a group


def draft_cover_letter(case: Case, *, by: User, now: datetime) -> Letter | None:
    """Return the drafted letter, in the caller's transaction; None where the instrument ends in no disclosure."""
    rows = Disclosure.objects.filter(production__case=case).exclude(category="")
    found = rows.order_by("target_id", "pk").values_list("target_id", "target__value", "category", "result")
    results: dict[int, dict[str, str]] = defaultdict(dict)
    names: dict[int, str] = {}
    for target_id, value, category, result in found:
        names[target_id] = value
        # A later part that has nothing more to give takes nothing back.
        if results[target_id].get(category) != R.PRODUCED:
            results[target_id][category] = result
    if not results:
        return None
    groups: dict[Results, list[str]] = defaultdict(list)
    for target_id, by_category in results.items():
        groups[tuple(by_category.items())].append(names[target_id])
    paragraphs = [_opening(case), *(_group(case, members, group) for group, members in groups.items()), _files(case)]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return draft_letter(case, LetterKind.ANSWER, text, by=by, now=now)


def _opening(case: Case) -> str:
    names: Mapping[str, str] = {"theirs": case.agency_reference, "ours": case.reference}
    if not case.agency_reference:
        return _("We answer your request, our reference %(ours)s.") % names
    return _("We answer your request %(theirs)s, our reference %(ours)s.") % names


def _group(case: Case, members: list[str], results: Results) -> str:
    more = len(members) - TARGETS_NAMED
    named = ", ".join(members[:TARGETS_NAMED])
    if more > 0:
        named += " " + ngettext("and %(total)d more", "and %(total)d more", more) % {"total": more}
    heading = _("For %(targets)s:") % {"targets": named}
    return "\n".join([heading, *(f"- {_line(case, category, result)}" for category, result in results)])


def _line(case: Case, category: str, result: str) -> str:
    words = f"{Category(category).label}: {str(R(result).label).lower()}"
    if result == R.WITHHELD and compellable(case.instrument_code, category) is None:
        return _("%(what)s, because this kind of process does not reach it") % {"what": words}
    return words


def _files(case: Case) -> str:
    manifests = Production.objects.filter(case=case).values_list("manifest", flat=True)
    number = sum(len(files_of(manifest)) for manifest in manifests)
    if not number:
        return ""
    return ngettext(
        "%(total)d file goes with this answer; its manifest states its size and SHA-512.",
        "%(total)d files go with this answer; their manifest states their sizes and SHA-512.",
        number,
    ) % {"total": number}
