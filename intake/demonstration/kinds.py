"""What arrives: how often each instrument, from whom, what it asks, and how such requests go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Asker = tuple[str, str]  # country and kind of agency

LIFE: Mapping[str, float] = {
    "ordinary": 58,
    "refused": 9,
    "asked": 7,
    "withdrawn": 4,
    "objected": 7,
    "challenged": 3,
    "conflicting": 3,
    "in_parts": 2,
    "reopened": 1,
    "unreachable": 2,
    "held": 2,
    "order_fought": 1.5,
    "kept_from_customer": 1.5,
    "hurried": 1,
}
SIMPLE: Mapping[str, float] = {"ordinary": 78, "refused": 10, "asked": 5, "withdrawn": 4, "challenged": 3}
AGREED: Mapping[str, float] = {"ordinary": 70, "asked": 10, "withdrawn": 8, "conflicting": 6, "held": 6}
FOREIGN: Mapping[str, float] = {
    "ordinary": 25,
    "refused": 45,
    "asked": 8,
    "conflicting": 12,
    "withdrawn": 5,
    "objected": 5,
}

US = "US"
POLICE, COURT, REGULATOR, INTELLIGENCE, PARTY = (
    "law_enforcement",
    "court",
    "regulator",
    "intelligence",
    "civil_party",
)
S, I, T, C = "subscriber", "identification", "traffic", "content"  # noqa: E741


@dataclass(frozen=True)
class Kind:
    """One instrument as it arrives here."""

    instrument: str
    weight: float
    askers: Mapping[Asker, float]
    asks: tuple[tuple[str, ...], ...]
    plots: Mapping[str, float] = field(default_factory=lambda: LIFE)
    targets: tuple[str, ...] = ("account", "account", "account", "email", "domain", "ip")
    order: float = 0  # how often a court's order not to tell comes with it
    return_days: tuple[int, int] | None = (10, 30)  # after receipt; None: no day on its face


KINDS: tuple[Kind, ...] = (
    Kind("us_subpoena", 25, {(US, POLICE): 8, (US, REGULATOR): 1}, ((S,), (S, I), (S, I, C)), order=0.7),
    Kind("us_search_warrant", 20, {(US, COURT): 1, (US, POLICE): 2}, ((S, I, T, C), (S, C), (C,)), order=0.75),
    Kind("us_court_order", 8, {(US, COURT): 1}, ((S, I, T), (T,), (S, T, C)), order=0.7),
    Kind(
        "us_preservation",
        9,
        {(US, POLICE): 1},
        ((S, I, T, C),),
        {"preserving": 85, "refused": 5, "withdrawn": 10},
        return_days=None,
    ),
    Kind(
        "emergency_disclosure",
        6,
        {(US, POLICE): 5, ("GB", POLICE): 1, ("DE", POLICE): 1, ("FR", POLICE): 1},
        ((S,), (S, I), (S, I, T)),
        {"emergency": 80, "no_emergency": 20},
        targets=("account", "email", "phone"),
        return_days=None,
    ),
    Kind("us_pen_register", 2, {(US, COURT): 1}, ((I, T),), {"prospective": 1}, return_days=None),
    Kind("us_wiretap", 1, {(US, COURT): 1}, ((T, C),), {"prospective": 1}, return_days=None),
    Kind("us_nsl", 1, {(US, INTELLIGENCE): 1}, ((S,),), {"secret": 1}, ("account", "email")),
    Kind("us_fisa_content", 0.6, {(US, COURT): 1}, ((S, I, T, C), (C,)), {"secret": 1}, ("account", "email")),
    Kind("us_fisa_noncontent", 0.6, {(US, COURT): 1}, ((I, T),), {"secret": 1}, ("account", "ip")),
    Kind("mlat", 2, {(US, COURT): 1}, ((S, I), (S, I, T, C)), AGREED, order=0.4, return_days=(30, 60)),
    Kind("cloud_act_uk", 2, {("GB", POLICE): 1}, ((S, I, T), (C,)), AGREED, order=0.5),
    Kind("cloud_act_au", 1, {("AU", POLICE): 1}, ((S, I), (T, C)), AGREED, order=0.5),
    Kind(
        "foreign_direct",
        7,
        {
            ("DE", POLICE): 3,
            ("FR", POLICE): 3,
            ("IT", POLICE): 1,
            ("ES", POLICE): 1,
            ("BR", POLICE): 2,
            ("JP", POLICE): 2,
            ("GB", POLICE): 2,
            ("AU", POLICE): 1,
            ("IN", POLICE): 4,
            ("NL", POLICE): 1,
        },
        ((S,), (S, I), (S, C)),
        FOREIGN,
        return_days=(20, 45),
    ),
    Kind("civil_subpoena", 5, {(US, PARTY): 1}, ((S,), (S, I)), LIFE, ("account", "domain", "domain")),
    Kind("civil_court_order", 2, {(US, COURT): 1, ("BR", COURT): 1, ("ES", COURT): 1}, ((S, I), (S, I, T)), SIMPLE),
    Kind(
        "eu_epoc",
        3,
        {("DE", COURT): 2, ("FR", COURT): 2, ("ES", COURT): 1, ("NL", POLICE): 1},
        ((S, I), (S,), (T, C)),
        {"certificate": 80, "refused": 10, "withdrawn": 10},
        ("account", "email"),
        return_days=None,
    ),
    Kind(
        "eu_epoc_pr",
        1.5,
        {("DE", COURT): 1, ("FR", COURT): 1, ("NL", POLICE): 1},
        ((S, I, T, C),),
        {"preserving": 1},
        ("account", "email"),
        return_days=None,
    ),
    Kind(
        "dsa_order_to_act",
        2,
        {("IT", REGULATOR): 1, ("NL", REGULATOR): 1, ("FR", COURT): 1},
        ((),),
        {"ordinary": 85, "refused": 15},
        ("url", "domain"),
        return_days=None,
    ),
    Kind(
        "dsa_order_to_inform",
        2,
        {("IT", REGULATOR): 1, ("NL", REGULATOR): 1, ("DE", COURT): 1},
        ((S,), (S, I)),
        SIMPLE,
        return_days=(10, 25),
    ),
    Kind("content_order", 2, {("BR", COURT): 1, (US, COURT): 1}, ((),), SIMPLE, ("url", "domain"), return_days=None),
    Kind("domain_seizure", 1.5, {(US, COURT): 1}, ((),), {"ordinary": 1}, ("domain",), order=0.5, return_days=None),
)

BY_CODE: Mapping[str, Kind] = {kind.instrument: kind for kind in KINDS}
