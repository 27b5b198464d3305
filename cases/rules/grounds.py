"""Why a request can be refused. The list: data/grounds.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cases.rules import tables


@dataclass(frozen=True)
class Ground:
    """A ground of refusal."""

    code: str
    sentence: str  # what the agency reads
    annex_iii: str  # the reason of Reg. (EU) 2023/1543 Annex III Section D, or empty


GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {code: Ground(code, row["sentence"], row.get("annex_iii", "")) for code, row in tables.read("grounds").items()}
)
