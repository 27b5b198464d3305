"""File names as people gave them: shown and sent back, never used as a path."""

import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from vault.content_types import ALLOWED, UNKNOWN

MAX_CHARACTERS = 200


def clean(name: str) -> str:
    """Return the name without folders, control and direction characters, at most 200 characters, extension kept.

    Direction characters make “exe.fdp” read as “pdf.exe”. Without anything left it is “document”.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C")
    tidy = " ".join(visible.split()).strip(" .") or _("document")
    suffix = PurePosixPath(tidy).suffix[:20]
    return tidy[: MAX_CHARACTERS - len(suffix)] + suffix if len(tidy) > MAX_CHARACTERS else tidy


def extension(name: str) -> str:
    """Return the name's extension in lower case, without its dot."""
    return PurePosixPath(name).suffix[1:].lower()


def fits(name: str, content_type: str) -> bool:
    """Whether the name's extension is one of the content type's. Nothing fits a type that we do not know."""
    kind = ALLOWED.get(content_type)
    return kind is not None and extension(name) in kind.extensions


def for_download(name: str, content_type: str) -> str:
    """Return the name with an extension that opens the content as what it is."""
    if content_type == UNKNOWN or fits(name, content_type):
        return name
    kind = ALLOWED.get(content_type)
    return f"{name}.{kind.extensions[0]}" if kind else name
