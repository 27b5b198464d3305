"""The papers of a case: small PDF files in the vault."""

import hashlib
from datetime import datetime
from uuid import UUID

from vault.actions import store
from vault.models import Document, KeyScope

PDF = """%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>>>>>>> endobj
4 0 obj <</Length {length}>> stream
{text}
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
"""


def keep_paper(scope: KeyScope, name: str, *lines: str, now: datetime) -> Document:
    """Keep a page with these lines under the key, and return it; its id follows from the key's and its name."""
    digest = hashlib.sha256(f"{scope.pk}/{name}".encode()).digest()
    document_id = UUID(bytes=digest[:16], version=4)
    return store([_pdf(*lines)], scope=scope, name=name, by_id=None, now=now, document_id=document_id)


def _pdf(*lines: str) -> bytes:
    shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -24 Td" for line in lines)
    text = f"BT /F1 14 Tf 72 760 Td {shown} ET"
    return PDF.format(length=len(text), text=text).encode("latin-1", "replace")
