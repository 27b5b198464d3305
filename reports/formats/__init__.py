"""The files that a report is given out as. Each is made from the report's body alone."""

from collections.abc import Callable, Mapping

from reports.body import Body, to_bytes
from reports.formats.html_file import as_html
from reports.formats.table import as_csv

FORMATS: Mapping[str, Callable[[Body], bytes]] = {"json": to_bytes, "csv": as_csv, "html": as_html}
