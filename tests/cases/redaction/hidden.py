"""Ways in which a PDF keeps a word that nobody sees, or that a box was to take away. The word is always SECRET."""

import io
from collections.abc import Callable, Mapping

from pypdf import PdfReader, PdfWriter

from tests.cases.redaction.papers import paper, stream, words

SECRET = "Zebedee"
SEEN = "To the provider"


def under_a_box_drawn_by_its_sender() -> bytes:
    return paper(words(SEEN) + words(SECRET, y=600) + "0 0 0 rg 60 590 300 40 re f\n")


def in_white() -> bytes:
    return paper(words(SEEN) + words(SECRET, y=600, colour="1 1 1 rg"))


def outside_of_the_crop_box() -> bytes:
    return paper(words(SEEN) + words(SECRET, y=40), page="/CropBox [0 200 612 792]")


def outside_of_the_page() -> bytes:
    return paper(words(SEEN) + words(SECRET, x=900))


def in_an_invisible_layer_of_text() -> bytes:
    return paper(words(SEEN) + words(SECRET, y=600, mode=3))


def in_a_layer_that_is_switched_off() -> bytes:
    return paper(
        words(SEEN) + "/OC /L BDC\n" + words(SECRET, y=600) + "EMC\n",
        catalogue="/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
        resources="/Properties << /L 10 0 R >>",
        more={10: f"<< /Type /OCG /Name ({SECRET}) >>"},
    )


def in_an_annotation() -> bytes:
    note = f"<< /Type /Annot /Subtype /Text /Rect [300 300 320 320] /Contents ({SECRET}) /T ({SECRET}) >>"
    return paper(words(SEEN), page="/Annots [10 0 R]", more={10: note})


def in_a_hidden_annotation() -> bytes:
    note = f"<< /Type /Annot /Subtype /FreeText /F 2 /Rect [72 500 400 540] /DA (/F 12 Tf) /Contents ({SECRET}) >>"
    return paper(words(SEEN), page="/Annots [10 0 R]", more={10: note})


def in_a_field_of_a_form() -> bytes:
    field = (
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ({SECRET}) /DA (/F 12 Tf 0 g) /F 2"
        " /Rect [72 500 400 520] /P 3 0 R >>"
    )
    form = "/AcroForm << /Fields [10 0 R] /DR << /Font << /F 5 0 R >> >> /DA (/F 12 Tf 0 g) >>"
    return paper(words(SEEN), page="/Annots [10 0 R]", catalogue=form, more={10: field})


def in_the_outline() -> bytes:
    return paper(
        words(SEEN),
        catalogue="/Outlines 10 0 R",
        more={
            10: "<< /Type /Outlines /First 11 0 R /Last 11 0 R /Count 1 >>",
            11: f"<< /Title ({SECRET}) /Parent 10 0 R /Dest [3 0 R /Fit] >>",
        },
    )


def in_a_script() -> bytes:
    return paper(words(SEEN), catalogue=f"/OpenAction << /S /JavaScript /JS (app.alert\\('{SECRET}'\\)) >>")


def in_the_alternative_text() -> bytes:
    return paper(words(SEEN) + f"/Span << /ActualText ({SECRET}) /Alt ({SECRET}) >> BDC\n{words('X', y=600)}EMC\n")


def in_its_metadata() -> bytes:
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><author>{SECRET}</author></x:xmpmeta>"
    return _changed(
        _with_info, paper(words(SEEN), catalogue="/Metadata 10 0 R", more={10: stream(xmp, "/Type /Metadata")})
    )


def in_an_attachment() -> bytes:
    return _changed(lambda writer: writer.add_attachment(f"{SECRET}.txt", SECRET.encode()), paper(words(SEEN)))


def in_an_earlier_version() -> bytes:
    """An incremental update replaced what the page shows; the old one is still in the file."""
    first = paper(words(SECRET, y=600))
    new = stream(words(SEEN))
    start = len(first)
    update = first + b"4 0 obj\n" + new + b"\nendobj\n"
    at, before = len(update), first.rindex(b"startxref\n")
    previous = int(first[before + 10 :].split()[0])
    table = f"xref\n4 1\n{start:010d} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {previous} >>\n"
    return update + f"{table}startxref\n{at}\n%%EOF\n".encode()


HIDING: Mapping[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        under_a_box_drawn_by_its_sender,
        in_white,
        outside_of_the_crop_box,
        outside_of_the_page,
        in_an_invisible_layer_of_text,
        in_a_layer_that_is_switched_off,
        in_an_annotation,
        in_a_hidden_annotation,
        in_a_field_of_a_form,
        in_the_outline,
        in_a_script,
        in_the_alternative_text,
        in_its_metadata,
        in_an_attachment,
        in_an_earlier_version,
    )
}


def _with_info(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": SECRET, "/Title": SECRET})


def _changed(change: Callable[[PdfWriter], object], pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
