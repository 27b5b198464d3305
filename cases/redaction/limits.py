"""How much of a received PDF is worked on at all: enough for legal process, too little to do harm with."""

from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one rendering."""

    pages: int = 200
    points: float = 14_400  # of a side of a page, 1/72 inch: the most that a PDF may say, 200 inches
    pixels: int = 8_000_000  # of a page: a larger one is shown with fewer dots an inch
    dpi: int = 200
    hits: int = 500  # of a search
    cpu_seconds: int = 120
    memory: int = 1024 * MIB  # of the process that renders
    wall_seconds: float = 180.0
    pdf_bytes: int = 64 * MIB  # received
    written_bytes: int = 128 * MIB  # of the PDF of pixels

    def as_order(self) -> dict[str, float]:
        """Return them as the renderer is told."""
        return asdict(self)


USUAL = Limits()
