"""A report as data: what is frozen, hashed and published, and what every format is made from."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from cases.rules.instruments import INSTRUMENTS
from reports import method
from reports.counting import Counts
from reports.rules.lines import Figures, percent_with_data, total
from reports.rules.periods import Period

Body = dict[str, Any]
# Stated as zero too once any notice of the period is known.
NOTICES = ("notified", "withheld_nondisclosure", "withheld_emergency")


def build(period: Period, zone: ZoneInfo, counts: Counts, *, revision: int) -> Body:
    """Return the report without national security. The same counts give the same body, whoever asks and whenever."""
    return {
        "provider": settings.WRITDESK.provider_name,
        "period": {
            "label": period.label,
            "start": period.start_date.isoformat(),
            "end": period.last_date.isoformat(),
            "zone": zone.key,
        },
        "revision": revision,
        "lines": [_line(line, counts.lines[line]) for line in sorted(counts.lines, key=_place)],
        "totals": asdict(total(counts.lines.values())),
        "fraudulent": counts.fraudulent,
        "notices": _notices(counts.notices),
        "method": {"version": method.VERSION, "notes": list(method.SENTENCES)},
    }


def to_bytes(body: Body) -> bytes:
    """Return the body as it is frozen and downloaded."""
    return json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"


def with_bands(body: Body, block: Mapping[str, object] | None) -> Body:
    """Return the body with a national security block, or as it is where the law allows none."""
    return {**body, "national_security": dict(block)} if block else body


def without_bands(body: Body) -> Body:
    """Return the body without its national security block."""
    return {key: value for key, value in body.items() if key != "national_security"}


def _line(line: str, figures: Figures) -> dict[str, object]:
    instrument = INSTRUMENTS.get(line)
    percent = None if instrument and instrument.kind == "preservation" else percent_with_data(figures)
    return {
        "line": line,
        "title": instrument.title if instrument else line,
        **asdict(figures),
        "percent_with_data": None if percent is None else float(percent),
    }


def _place(line: str) -> tuple[int, str]:
    """Sort lines as the registry of instruments lists them, others after them by name."""
    codes = list(INSTRUMENTS)
    return (codes.index(line) if line in codes else len(codes), line)


def _notices(counted: Mapping[str, int]) -> dict[str, int]:
    if not counted:
        return {}
    others = sorted(counted.keys() - set(NOTICES))
    return {name: counted.get(name, 0) for name in (*NOTICES, *others)}
