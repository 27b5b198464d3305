"""Every address of the site, found by walking the resolver: one added tomorrow is attacked tomorrow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Address:
    """A named address and what must be filled in."""

    name: str
    blanks: frozenset[str]

    def filled(self, values: Mapping[str, object]) -> str:
        """Return the path. A blank for which there is no value is an error: say in the test how to fill it."""
        unknown = self.blanks - values.keys()
        assert not unknown, f"{self.name}: nothing to fill {sorted(unknown)} with"
        return reverse(self.name, kwargs={blank: values[blank] for blank in self.blanks})


def every_address() -> list[Address]:
    """Return all named addresses of the site."""
    return sorted(set(_walk(get_resolver().url_patterns, "", frozenset())), key=lambda address: address.name)


def addresses_with(*blanks: str) -> list[Address]:
    """Return the addresses that have all of these blanks."""
    return [address for address in every_address() if set(blanks) <= address.blanks]


def _walk(patterns: list[URLPattern | URLResolver], space: str, blanks: frozenset[str]) -> Iterator[Address]:
    for pattern in patterns:
        here = blanks | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, here)
        elif pattern.name:
            yield Address(f"{space}{pattern.name}", here)
