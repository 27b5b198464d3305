"""The sorts of customers there are: everything about a customer that the rules ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Sort:
    """Customers who live under the same law, in the same zone, and can or cannot be reached."""

    country: str
    zone: str
    language: str = "en"
    is_reachable: bool = True
    role: str = "person"


# How many of each in a hundred.
SORTS: Mapping[Sort, int] = MappingProxyType(
    {
        Sort("US", "America/New_York"): 21,
        Sort("US", "America/Chicago"): 13,
        Sort("US", "America/Los_Angeles"): 15,
        Sort("US", "America/Denver"): 4,
        Sort("US", "America/New_York", role="controller"): 3,
        Sort("US", "America/Los_Angeles", is_reachable=False): 1,
        Sort("CA", "America/Toronto", "fr"): 3,
        Sort("GB", "Europe/London"): 5,
        Sort("DE", "Europe/Berlin"): 6,
        Sort("FR", "Europe/Paris", "fr"): 7,
        Sort("FR", "Europe/Paris", "fr", role="controller"): 1,
        Sort("IT", "Europe/Rome"): 3,
        Sort("ES", "Europe/Madrid"): 3,
        Sort("NL", "Europe/Amsterdam"): 2,
        Sort("CH", "Europe/Zurich", "fr"): 1,
        Sort("BR", "America/Sao_Paulo"): 4,
        Sort("JP", "Asia/Tokyo"): 3,
        Sort("AU", "Australia/Sydney"): 2,
        Sort("IN", "Asia/Kolkata"): 3,
    }
)
ALL = tuple(SORTS)
EUROPE = frozenset({"DE", "FR", "IT", "ES", "NL"})  # of those above, where the GDPR holds
