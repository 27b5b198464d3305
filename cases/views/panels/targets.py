"""Targets × data categories: asked, can be compelled, authorised, handed over."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.models import Case, Target
from cases.queries.case_page import TARGETS_A_PAGE, CasePage, Slice
from cases.rules.conflict import OUTCOMES
from cases.rules.scope import compellable, fields_of
from cases.states import Category, DisclosureResult, TargetMatch
from cases.views.words import customer_words

Cell = tuple[str, str | Promise]
GIVEN = (DisclosureResult.PRODUCED, DisclosureResult.PRESERVED, DisclosureResult.EFFECT_GIVEN)


def groups(page: CasePage, wanted: Slice) -> list[dict[str, Any]]:
    """Return the targets shown, each with a row for every category asked (one for the whole, where none is)."""
    first = (wanted.number - 1) * TARGETS_A_PAGE + 1
    return [
        {
            "reference": target.value,
            "detail": _detail(page, target, first + place),
            "rows": [
                {"category": Category(one).label if one else _("Whole target"), "cells": _cells(page, target, one)}
                for one in target.asked or [""]
            ],
        }
        for place, target in enumerate(page.targets)
    ]


def _detail(page: CasePage, target: Target, number: int) -> str:
    customer = page.customers.get(target.customer_id or 0)
    owner = customer_words(customer) if customer else _owner_unknown(target)
    words = [_("target %(number)d") % {"number": number}, target.get_kind_display(), owner]
    if customer and customer.country:
        words.append(customer.country)
    if found := page.assessments.get(target.pk):
        words.append(_(OUTCOMES[found.outcome].title))
    return " · ".join(words)


def _owner_unknown(target: Target) -> str:
    return customer_words(None) if target.match == TargetMatch.NOT_ASKED else str(target.get_match_display())


def matches(page: CasePage, wanted: Slice) -> list[tuple[str, str | Promise, bool]]:
    """Return what the directory may have left open, to filter by; none where every target has its customer."""
    if not page.dossier.tally.unmatched:
        return []
    codes = [match for match in TargetMatch if match != TargetMatch.FOUND]
    return [(match.value, match.label, match == wanted.match) for match in codes]


def is_kept_from_directory(case: Case) -> bool:
    """Whether the far end of the directory is not asked about this case because it is sealed."""
    desk = settings.WRITDESK
    return bool(desk.directory_url and case.compartment_id and not desk.directory_for_sealed)


def _cells(page: CasePage, target: Target, category: str) -> list[Cell]:
    source = compellable(page.case.instrument_code, category) if category else None
    if not category:
        return [("yes", _("Yes")), ("none", "–"), ("none", "–"), _disclosed(page, target, category)]
    return [
        ("yes", _letters(_named(page.case, category)) or _("Yes")),
        ("yes", source) if source else ("no", _("No: beyond this instrument")),
        _authorised(page, target, category),
        _disclosed(page, target, category),
    ]


def _named(case: Case, category: str) -> list[str]:
    """Return the items of the category that the paper names."""
    return [letter for letter in fields_of(case.instrument_code, category) if letter in case.asked_fields]


def _letters(letters: Sequence[str]) -> str:
    """Return the items of 18 USC 2703(c)(2) by their letters, or nothing where none are told apart."""
    return _("Items %(letters)s") % {"letters": ", ".join(letters)} if letters else ""


def _authorised(page: CasePage, target: Target, category: str) -> Cell:
    if category in target.authorised:
        letters = fields_of(page.case.instrument_code, category)
        return "yes", _letters([letter for letter in letters if letter in target.authorised_fields]) or _("Yes")
    if target.authorised:
        return "no", _("Cut: %(reason)s") % {"reason": target.cut_reason} if target.cut_reason else _("Cut")
    return "wait", _("Not decided")


def _disclosed(page: CasePage, target: Target, category: str) -> Cell:
    rows = [row for row in page.disclosures if row.target_id == target.pk and row.category in (category, "")]
    if not rows:
        return "none", _("Not yet")
    last = DisclosureResult(rows[-1].result)
    words = " ".join(part for part in (str(last.label), _letters(rows[-1].fields)) if part)
    return "yes" if last in GIVEN else "no" if last == DisclosureResult.WITHHELD else "none", words
