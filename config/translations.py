"""Translations in the form that gettext reads, made from the .po files with Babel: msgfmt is not on every machine."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_stale(folders: Iterable[Path]) -> list[Path]:
    """Write the .mo beside every .po under the folders that is newer; return those written.

    A customer must not be told in another language because somebody forgot a build step, so every start looks.
    """
    written = []
    for po in sorted(po for folder in folders for po in folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            _compile(po, mo)
            written.append(mo)
    return written


def _compile(po: Path, mo: Path) -> None:
    with po.open("rb") as source:
        catalog = read_po(source, locale=po.parent.parent.name)
    # Under another name first: another process may be reading, or compiling the same one.
    with tempfile.NamedTemporaryFile(dir=mo.parent, suffix=".tmp", delete=False) as target:
        write_mo(target, catalog)
    os.chmod(target.name, 0o644)  # temporary files are for their maker only; the desk may run as somebody else
    os.replace(target.name, mo)
