"""The ranges in which national security process may be stated, and nothing narrower (50 USC 1874)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from reports.rules.periods import Kind


class UnknownStructure(Exception):
    """Section 1874(a) has four structures, and a report uses one of them, chosen up front."""


@dataclass(frozen=True)
class Category:
    """One pair of figures of a structure: the process received, and the selectors it targeted."""

    name: str  # empty where the structure knows one category only
    instruments: frozenset[str] | None  # None: all national security process
    is_delayed: bool = False  # 1874(b)(1)(A): orders under FISA, stated half a year later


@dataclass(frozen=True)
class Structure:
    """One of the ways in which the law lets a provider state its figures."""

    code: str
    cite: str
    size: int  # how many whole numbers a band holds
    period: Kind
    categories: tuple[Category, ...]


TOTAL = (Category("", None),)
# 1874(a)(1)(F) goes by subchapter, which no instrument of ours records: one band over all of them. Unverified.
BY_KIND = (
    Category("nsl", frozenset({"us_nsl"})),
    Category("fisa_content", frozenset({"us_fisa_content"}), is_delayed=True),
    Category("fisa_noncontent", frozenset({"us_fisa_noncontent"}), is_delayed=True),
)
STRUCTURES: Mapping[str, Structure] = MappingProxyType(
    {
        "a1": Structure("a1", "50 USC 1874(a)(1)", 1000, "half", BY_KIND),
        "a2": Structure("a2", "50 USC 1874(a)(2)", 500, "half", BY_KIND),
        "a3": Structure("a3", "50 USC 1874(a)(3)", 250, "half", TOTAL),
        "a4": Structure("a4", "50 USC 1874(a)(4)", 100, "year", TOTAL),
    }
)


def structure(code: str) -> Structure:
    """Return the structure of that code, a1 to a4. Raises UnknownStructure."""
    try:
        return STRUCTURES[code]
    except KeyError:
        raise UnknownStructure(_("“%(code)s” is no structure of 50 USC 1874(a).") % {"code": code}) from None


def band(number: int, size: int) -> str:
    """Return the band that holds the number: the first one starts at zero, which is never stated by itself.

    Law: 50 USC 1874(a).
    """
    low = number // size * size
    return f"{low}-{low + size - 1}"
