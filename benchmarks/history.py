"""A file of earlier requests, in the import format: two years of a busy provider."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from intake.imports.rows import COLUMNS

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 4 * 182
PERIOD = "2025-H1"  # in the middle: cases from before it are open at its start

# Instrument, agency, country, kind, and of how many in a hundred. Outcomes alike.
KINDS = (
    ("us_subpoena", "U.S. Attorney's Office", "US", "law_enforcement", 40),
    ("us_search_warrant", "State police", "US", "law_enforcement", 20),
    ("us_court_order", "U.S. District Court", "US", "court", 10),
    ("mlat", "Ministère de la Justice", "FR", "court", 5),
    ("eu_epoc", "Staatsanwaltschaft", "DE", "law_enforcement", 10),
    ("civil_subpoena", "Doe & Roe LLP", "US", "civil_party", 10),
    ("us_nsl", "Federal Bureau of Investigation", "US", "intelligence", 5),
)
OUTCOMES = {"answered": 50, "answered_partial": 10, "no_data": 10, "rejected": 18, "withdrawn": 5, "open": 7}
AGENCIES = 40  # of each kind


def write(path: Path, rows: int, seed: int = 1) -> None:
    """Write the file; the same number of rows and seed give the same file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS), restval="")
        writer.writeheader()
        writer.writerows(_rows(rows, Random(seed)))  # noqa: S311 - nothing here is a secret


def _rows(rows: int, chance: Random) -> Iterator[dict[str, str]]:
    for number in range(rows):
        (kind,) = chance.choices(KINDS, [one[-1] for one in KINDS])
        (outcome,) = chance.choices(list(OUTCOMES), list(OUTCOMES.values()))
        received_at = FIRST + timedelta(days=DAYS) * chance.random()
        yield {
            "reference": f"H-{number}",
            "received_at": received_at.isoformat(timespec="seconds"),
            "channel": chance.choice(("email", "portal", "post")),
            **_asked(kind, number, chance),
            **_end(outcome, received_at, chance),
        }


def _asked(kind: tuple[str, str, str, str, int], number: int, chance: Random) -> dict[str, str]:
    instrument, agency, country, agency_kind, _share = kind
    desk = chance.randrange(AGENCIES)
    is_gagged = country == "US" and agency_kind != "civil_party" and chance.random() < 0.5
    return {
        "instrument": instrument,
        "agency_name": f"{agency} {desk}",
        "agency_country": country,
        "agency_kind": agency_kind,
        "officer_email": f"officer{desk}@agency.example",
        "customer_country": chance.choice(("US", "DE", "FR", "BR", "JP")),
        "accounts": f"acct-{number}",
        "domains": f"d{number}.example",
        "data_categories": "subscriber;traffic",
        "emergency": "false",
        "challenged": "false",
        "conflict_of_law": "none",
        **({"nondisclosure_basis": "18 U.S.C. § 2705(b)", "nondisclosure_until": "indefinite"} if is_gagged else {}),
    }


def _end(outcome: str, received_at: datetime, chance: Random) -> dict[str, str]:
    if outcome == "open":
        return {"outcome": outcome}
    outcome_at = received_at + timedelta(days=chance.randint(1, 60))
    ended = {"outcome": outcome, "outcome_at": outcome_at.isoformat(timespec="seconds")}
    notice = chance.choice(("notified", "withheld_nondisclosure", "no_contact", "not_required", ""))
    told = {"notified_at": outcome_at.isoformat(timespec="seconds")} if notice == "notified" else {}
    return {**ended, "notice": notice, **told}
