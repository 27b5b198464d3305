"""Countries to choose from: all of them, so that the list tells nothing of which ones have cases."""

from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language, to_locale

LETTERS = 2  # “EU” and the like are territories of Babel too; the codes of three digits are regions
NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def country_choices() -> list[tuple[str, str]]:
    """Return the codes of ISO 3166-1 with their names in the language in use, by name."""
    return _choices(get_language() or "en")


@lru_cache(maxsize=16)
def _choices(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(to_locale(language)).territories
    known = [(code, name) for code, name in names.items() if len(code) == LETTERS and code not in NOT_COUNTRIES]
    return sorted(known, key=lambda choice: choice[1])
