"""The languages in which customers are written to, and which of them a customer reads."""

from django.conf import settings

LANGUAGES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
FALLBACK = LANGUAGES[0]  # for who reads none of them


def language_for(wanted: str) -> str:
    """Return the language to write in to who reads `wanted`, a tag such as "de-AT", "zh" or "pt_BR"; never raises.

    The nearest of ours: by the whole tag, else by its first part (RFC 4647, 3.4).
    """
    tag = wanted.strip().lower().replace("_", "-")
    if tag in LANGUAGES:
        return tag
    primary = tag.partition("-")[0]
    return next((code for code in LANGUAGES if primary and code.partition("-")[0] == primary), FALLBACK)
