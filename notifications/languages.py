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


# Where an authority of a country writes in one of ours. In others English is what most of them read.
BY_COUNTRY = {
    **dict.fromkeys(("FR", "BE", "LU", "MC"), "fr"),
    **dict.fromkeys(("DE", "AT", "LI"), "de"),
    **dict.fromkeys(("ES", "MX", "AR", "CL", "CO", "PE", "UY"), "es"),
    **dict.fromkeys(("IT", "SM"), "it"),
    **dict.fromkeys(("PT", "BR"), "pt"),
    "JP": "ja",
    "CN": "zh-hans",
}


def language_of_country(code: str) -> str:
    """Return the language in which what we add to a letter to an authority of this country is said."""
    return BY_COUNTRY.get(code, FALLBACK)
