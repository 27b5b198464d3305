"""What a package says of itself: its files with sizes and hashes, the order it answers, from whom, to whom, when, how.

Law: Implementing Reg. (EU) 2025/1550 Annex, on evidence that goes another way than through the decentralised IT system;
used for every production, whoever asked.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

Manifest = dict[str, Any]
Frozen = Mapping[str, Any] | list[dict[str, Any]]  # before it named order and parties, a manifest was its bare files


@dataclass(frozen=True)
class File:
    """One file as it goes: its full name, its size in bytes, and two digests of its bytes, in hexadecimal."""

    name: str
    size: int
    sha256: str
    sha512: str


@dataclass(frozen=True)
class Order:
    """What the package answers."""

    reference: str  # ours
    agency_reference: str
    instrument: str
    provision: str
    received_at: datetime


@dataclass(frozen=True)
class Party:
    """Who sends, or to whom it goes."""

    name: str
    contact: str = ""  # a person or an address
    country: str = ""


def drafted(files: Iterable[File], *, order: Order, sender: Party, recipient: Party) -> Manifest:
    """Return what can be said of a package before it leaves: what a second person approves."""
    listed = [asdict(file) for file in files]
    return {
        "order": {**asdict(order), "received_at": _instant(order.received_at)},
        "sender": asdict(sender),
        "recipient": asdict(recipient),
        "files": listed,
        "total_size": sum(file["size"] for file in listed),
    }


def released(draft: Mapping[str, Any], *, part: int, is_last: bool, at: datetime) -> Manifest:
    """Return the manifest of a package that left: the draft, which part of the answer it is, and its moment."""
    return {**draft, "part": part, "is_last_part": is_last, "released_at": _instant(at)}


def delivered(
    manifest: Frozen, *, means: str, recipient: str, available_at: datetime, expires_at: datetime | None
) -> Manifest:
    """Return the manifest as it travels: by what means, to whom there, and from when until when."""
    until = {"expires_at": _instant(expires_at)} if expires_at else {}
    delivery = {"means": means, "recipient": recipient, "available_at": _instant(available_at), **until}
    return {**whole(manifest), "delivery": delivery}


def canonical(manifest: Mapping[str, Any]) -> str:
    """Return the one JSON text of a manifest: keys in order, no space, so that a hash of it can be compared."""
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def whole(manifest: Frozen) -> Manifest:
    """Return a frozen manifest by its fields; of an old one only the files are known."""
    return {"files": manifest} if isinstance(manifest, list) else dict(manifest)


def files_of(manifest: Frozen) -> list[dict[str, Any]]:
    """Return the files of a frozen manifest."""
    return list(whole(manifest)["files"])


def size_of(manifest: Frozen) -> int:
    """Return how many bytes the files of a frozen manifest have together."""
    return sum(file["size"] for file in files_of(manifest))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
