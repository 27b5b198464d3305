"""What may be asked for complying with a request. The table, with the operator's amounts: data/costs.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from cases.rules import tables
from cases.rules.instruments import instrument

TABLE: Mapping[str, Mapping[str, Any]] = MappingProxyType(tables.read("costs"))
EUROPEAN = ("eu_epoc", "eu_epoc_pr")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Work:
    """What complying took, and what decides who pays for it."""

    instrument: str
    agency_country: str
    agency_kind: str
    accounts: int = 0
    secondary_searches: int = 0
    hours: Decimal = Decimal(0)
    toll_records: bool = False  # nothing but toll records and listings, held as a communications common carrier
    burden_found: bool = False  # a court found unusual volume or an undue burden
    state_reimburses: bool = False  # the issuing State's law provides for it


@dataclass(frozen=True)
class Costs:
    """What may be asked, item by item, and why; no item where nothing may."""

    code: str
    items: tuple[tuple[str, Decimal], ...]
    currency: str
    reason: str
    source: str
    verified: bool

    @property
    def total(self) -> Decimal:
        return sum((amount for _what, amount in self.items), Decimal(0))


def costs(work: Work) -> Costs:
    """Return what may be asked for this work.

    Law: 18 USC 2706; Reg. (EU) 2023/1543 Art. 14; else the operator's policy.
    """
    code = _ground(work)
    row = TABLE[code]
    return Costs(
        code=code,
        items=tuple((what, amount.quantize(CENT, ROUND_HALF_UP)) for what, amount in _items(code, work) if amount),
        currency=row.get("currency", ""),
        reason=row["reason"],
        source=TABLE["epoc"]["source"] if work.instrument in EUROPEAN else row["source"],
        verified=row["verified"],
    )


def _ground(work: Work) -> str:
    if instrument(work.instrument).emergency:
        return "emergency"
    if work.instrument in EUROPEAN:
        return "per_account" if work.state_reimburses else "epoc"
    if work.toll_records and not work.burden_found:
        return "toll_records"
    if work.agency_kind == "civil_party" or work.instrument.startswith("civil_"):
        return "hourly"
    return "per_account" if work.agency_country == "US" else "no_ground"


def _items(code: str, work: Work) -> Iterator[tuple[str, Decimal]]:
    row = TABLE[code]
    if code == "hourly":
        yield f"{work.hours} hours at {row['hour']} {row['currency']}", work.hours * row["hour"]
    elif code == "per_account":
        paid = max(0, work.accounts - row["free_accounts"])
        yield f"{paid} accounts at {row['account']} {row['currency']}", Decimal(paid * row["account"])
        searches, rate = work.secondary_searches, row["secondary_search"]
        yield f"{searches} secondary searches at {rate} {row['currency']}", Decimal(searches * rate)
