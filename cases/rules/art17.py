"""The reasoned objection to an EPOC, as Annex III Section E asks for it.

Law: Reg. (EU) 2023/1543 Art. 17, Annex III Section E.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from cases.rules.clocks import clock_rule
from cases.rules.wording import long_date

# What the conflicting obligation protects, as the form's schema names it.
NATURES: Mapping[str, str] = MappingProxyType(
    {
        "FUNDAMENTAL_RIGHTS_OF_INDIVIDUALS": "fundamental rights of individuals",
        "FUNDAMENTAL_INTERESTS_OF_THIRD_COUNTRY": "fundamental interests of the third country",
        "OTHER_INTERESTS": "other interests",
    }
)


def last_day_to_object(received_on: date) -> date:
    """Return the last day for the objection: it counts in full, and does not move from a day that is not a working day.

    Law: Reg. (EU) 2023/1543 Art. 17(2).
    """
    return received_on + timedelta(days=clock_rule("epoc_objection").amount)


def section_e(
    *,
    reference: str,
    agency_reference: str,
    received_on: date,
    law: str,
    provision: str,
    nature: str,
    why_applicable: str,
    why_conflict: str,
    link: str,
    consequences: str,
    other: str,
) -> str:
    """Return Annex III with the objection in Section E, in the order of the form; fields left empty are left out."""
    fields = (
        ("Title of the law", law),
        ("Applicable provision", provision),
        ("Nature of the conflicting obligation", NATURES[nature]),
        ("Why the law applies", why_applicable),
        ("Why there is a conflict", why_conflict),
        ("Link between us and the third country", link),
        ("Consequences for us", consequences),
        ("Other information", other),
    )
    yours = f", your reference {agency_reference}" if agency_reference else ""
    head = [
        f"Our reference {reference}{yours}",
        "",
        f"Annex III to Regulation (EU) 2023/1543. Certificate received on {long_date(received_on)}.",
        "Section D: CONFLICT_OF_LAWS. Section E, reasoned objection under Article 17:",
        "",
    ]
    body = [f"{title}: {text.strip()}" for title, text in fields if text.strip()]
    return "\n".join([*head, *body, "", "Section G: the data are preserved until the review has ended."])
