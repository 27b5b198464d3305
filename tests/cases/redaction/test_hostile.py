"""Files that are sent to break what opens them: a plain answer, within bounds, and nothing else of them."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from cases.redaction import rendering
from cases.redaction.burning import burn
from cases.redaction.limits import MIB, Limits
from cases.redaction.problems import CannotRender, Damaged, Encrypted, NoSuchPage, TooHeavy, TooLarge
from cases.redaction.rendering import find, pages, sizes
from tests.cases.redaction import papers


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(papers.order("To the provider"))))
    writer.encrypt(user_password=password, owner_password="the owner's")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


REFUSED: list[tuple[str, Callable[[], bytes], type[CannotRender]]] = [
    ("empty", lambda: b"", Damaged),
    ("no PDF", lambda: b"MZ\x90" + bytes(500), Damaged),
    ("a head and no body", lambda: b"%PDF-1.7\n%%EOF\n", Damaged),
    (
        "no page",
        lambda: papers.raw({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] >>"}),
        Damaged,
    ),
    ("a password", lambda: encrypted("sesame"), Encrypted),
    ("10,000 pages", lambda: papers.of_pages(10_000), TooLarge),
    ("a page of a million points", lambda: papers.of_pages(1, (1_000_000, 1_000_000)), TooLarge),
    ("a page a million points long", lambda: papers.of_pages(1, (612, 1_000_000)), TooLarge),
]


@pytest.mark.parametrize(
    ("make", "problem"), [case[1:] for case in REFUSED], ids=[case[0].replace(" ", "_") for case in REFUSED]
)
def test_it_is_refused_in_a_plain_sentence(make: Callable[[], bytes], problem: type[CannotRender]) -> None:
    pdf = make()
    for ask in (lambda: sizes(pdf), lambda: burn(pdf, []), lambda: find(pdf, "word"), lambda: list(pages(pdf, [1]))):
        with pytest.raises(problem) as refused:
            ask()
        assert str(refused.value).endswith(".")


def test_a_pdf_that_only_forbids_printing_is_open_to_its_reader() -> None:
    assert len(sizes(encrypted(""))) == 1


def test_a_page_of_200_inches_is_shown_with_fewer_dots() -> None:
    (page,) = pages(papers.of_pages(1, (14_400, 14_400)))
    assert page.image.width * page.image.height <= 8_100_000
    assert page.size == (14_400, 14_400)


def test_a_bomb_ends_the_process_that_opens_it_and_nothing_else() -> None:
    pdf = papers.bomb(400)
    assert len(pdf) < MIB
    with pytest.raises(TooHeavy):
        burn(pdf, [], limits=Limits(memory=300 * MIB))


def test_what_takes_too_long_is_ended_by_the_clock_of_who_waits() -> None:
    with pytest.raises(TooHeavy):
        sizes(papers.of_pages(1), limits=Limits(wall_seconds=0.001))


def test_what_reckons_for_ever_is_ended_by_the_system() -> None:
    square = "0 0 m 612 792 l 612 0 l 0 792 l b\n"
    pattern = papers.paper("/Pattern cs /P scn 0 0 612 792 re f\n" * 20_000 + square * 200_000)
    with pytest.raises(TooHeavy):
        burn(pattern, [], limits=Limits(cpu_seconds=1, dpi=300))


def test_what_would_be_written_too_large_is_not_written() -> None:
    with pytest.raises(TooLarge):
        burn(papers.of_pages(3), [], limits=Limits(written_bytes=9_000))


def test_more_bytes_than_are_worked_on_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **options: pytest.fail("a process was started"))
    with pytest.raises(TooLarge):
        sizes(bytes(100), limits=Limits(pdf_bytes=99))


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(NoSuchPage):
        list(pages(papers.of_pages(2), [3]))


def test_no_page_of_hits_is_too_long_and_only_so_many_are_taken() -> None:
    pdf = papers.paper("".join(papers.words("aaaa aaaa aaaa", y=y, size=4) for y in range(40, 700, 4)))
    assert len(find(pdf, "a", limits=Limits(hits=30))) == 30


@pytest.fixture
def impostor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put another script into the place of the renderer: what a PDF that took it over would do."""

    def replace(source: str) -> None:
        script = tmp_path / "renderer.py"
        script.write_text(f"import os, sys, time\nout = sys.stdout.buffer\nsys.stdin.buffer.read()\n{source}")
        monkeypatch.setattr(rendering, "RENDERER", script)

    return replace


def test_the_renderer_has_no_environment_of_ours(
    impostor: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITDESK_KEK", "of this desk")
    impostor("os.environ.pop('LC_CTYPE', None)\nout.write(b'{\"sizes\": [[%d, 5]]}\\n' % (len(os.environ) + 1))")
    assert sizes(b"%PDF") == [(1.0, 5.0)]
    assert os.environ["WRITDESK_KEK"]


@pytest.mark.parametrize(
    "answer",
    [
        "out.write(b'{\"sizes\": [[1e9, 5]]}\\n')",
        "out.write(b'{\"sizes\": []}\\n')",
        "out.write(b'no JSON\\n')",
        "out.write(b'[1, 2]\\n')",
        'out.write(b\'{"sizes": [["wide", 5]]}\\n\')',
        "out.write(b'{\"sizes\": [[9, 9]]}\\n' + (2 ** 31).to_bytes(4, 'big') * 2)",
        "out.write(b'{\"sizes\": [[9, 9]]}\\n' + bytes(8))",
        "out.write(b'{\"sizes\": [[9, 9]]}\\n' + (9).to_bytes(4, 'big') * 2 + bytes(5))",
        "out.write(bytes(1024 * 1024))",
    ],
)
def test_an_answer_of_a_renderer_that_was_taken_over_is_not_believed(
    impostor: Callable[[str], None], answer: str
) -> None:
    impostor(answer)
    with pytest.raises(CannotRender):
        burn(b"%PDF", [])


@pytest.mark.parametrize(
    "attempt", ["open('/etc/hostname')", "open('/dev/null', 'w')", "__import__('socket').socket()", "os.pipe()"]
)
def test_what_takes_the_renderer_over_opens_no_file_and_no_socket(attempt: str) -> None:
    script = f"""
import os, runpy, socket
renderer = runpy.run_path({str(rendering.RENDERER)!r}, run_name="renderer")
{attempt}
renderer["_bound"]({Limits().as_order()!r})
try:
    {attempt}
except OSError:
    os._exit(7)
"""
    ended = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False)
    assert ended.returncode == 7, ended.stderr.decode()


@pytest.mark.parametrize("answer", ["{}", "[[1]]", '[[1, "a", 0, 1, 1]]', "7", "[" * 5000, "[[1, 1e999, NaN, 0, 0]]"])
def test_boxes_that_are_none_come_from_no_renderer_either(impostor: Callable[[str], None], answer: str) -> None:
    impostor(f"out.write(b'{{\"sizes\": [[9, 9]]}}\\n{answer}\\n')")
    with suppress(Damaged):
        assert find(b"%PDF", "word") == []
