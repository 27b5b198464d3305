"""PDFs as an authority, or an enemy, may send them: written by hand, so that each hides exactly what it says."""

import zlib
from collections.abc import Mapping

LETTER = (612, 792)
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def raw(objects: Mapping[int, bytes | str]) -> bytes:
    """Return a PDF of these objects; number 1 is its catalogue."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start, total = len(out), max(objects) + 1
    out += f"xref\n0 {total}\n".encode()
    for number in range(total):
        out += f"{places[number]:010d} 00000 n \n".encode() if number in places else b"0000000000 65535 f \n"
    return out + f"trailer\n<< /Size {total} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data: bytes | str, head: str = "") -> bytes:
    """Return a stream object, packed as most are."""
    packed = zlib.compress(data.encode() if isinstance(data, str) else data)
    return f"<< {head} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"


def paper(
    drawn: str,
    *,
    page: str = "",
    catalogue: str = "",
    resources: str = "",
    more: Mapping[int, bytes | str] | None = None,
) -> bytes:
    """Return a PDF of one letter page with that drawing on it; `more`: objects from number 10 on."""
    return raw(
        {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
            2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {page}"
            f" /Resources << /Font << /F 5 0 R >> {resources} >> >>",
            4: stream(drawn),
            5: FONT,
            **(more or {}),
        }
    )


def words(text: str, *, x: int = 72, y: int = 700, size: int = 18, mode: int = 0, colour: str = "0 0 0 rg") -> str:
    """Return the operators that write a line; mode 3 writes it invisibly."""
    return f"q {colour} BT /F {size} Tf {mode} Tr {x} {y} Td ({text}) Tj ET Q\n"


def order(*lines: str) -> bytes:
    """Return an order of one page, a line below the other from the top."""
    return paper("".join(words(line, y=720 - 40 * place) for place, line in enumerate(lines)))


def of_pages(count: int, size: tuple[float, float] = LETTER) -> bytes:
    """Return a PDF of so many empty pages of that size."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] >>"
    return raw(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
            **dict.fromkeys(range(3, 3 + count), page),
        }
    )


def bomb(megabytes: int) -> bytes:
    """Return a small PDF whose page is drawn by so many megabytes of nothing."""
    return paper(" " * (megabytes * 1024 * 1024))
