"""Find cases by what a person types: a reference of ours or theirs, an agency, a target."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from accounts.models import User
from cases.access import known_to
from cases.models import Agency, Case, Target
from cases.references import PATTERN, normalised

HITS = 200  # cases found by a reference or a target; whoever meets more types more
AGENCIES = 10
PREFIX_LENGTH = 3  # shorter beginnings of a target mean everything


def alternatives(user: User, text: str) -> list[Q]:
    """Return conditions, one of which a case meets that the text may mean; each is answered by one index."""
    if not text:
        return [Q()]
    hits = _hits(user, text)
    return [*([Q(pk__in=hits)] if hits else []), *(Q(agency=pk) for pk in _agencies(text))] or [Q(pk__in=[])]


def _hits(user: User, text: str) -> list[int]:
    """Return the cases that the text names or whose target it begins; only those that the person may know of."""
    visible = Case.objects.visible_to(user)
    named = Q(provider_reference=text) | Q(agency_reference=text)
    if re.match(PATTERN, reference := normalised(text)):
        named |= Q(reference=reference)
    targets = known_to(user, Target.objects.filter(_value(text))).order_by()
    by_name = visible.filter(named).order_by("pk").values_list("pk", flat=True)[:HITS]
    by_target = targets.values_list("case", flat=True)[:HITS]
    return list(by_name.union(by_target))


def _value(text: str) -> Q:
    # Domains and addresses are written in any case; the index knows the value as it came.
    spellings = {text, text.lower()}
    if len(text) < PREFIX_LENGTH:
        return Q(value__in=spellings)
    found = Q()
    for spelling in spellings:
        found |= Q(value__startswith=spelling)
    return found


def _agencies(text: str) -> QuerySet[Agency, int]:
    """Return the agencies whose name has words that begin as the words typed."""
    words = re.findall(r"\w+", text)
    query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
    found = Agency.objects.annotate(words=SearchVector("name", config="simple")).filter(words=query)
    if not words:
        found = found.none()
    return found.order_by("name", "pk").values_list("pk", flat=True)[:AGENCIES]
