import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from accounts.models import User
from ledger.models import CheckpointStream, LedgerEntry
from ledger.verification import verify
from reports.actions import (
    BandsOverlap,
    ChangeNotExplained,
    FiguresChanged,
    NotAPublisher,
    NotOver,
    fingerprint,
    make,
    publish,
)
from reports.models import PublishedReport
from reports.previews import recount
from reports.queries import published, revisions
from reports.rules.lines import DoesNotAddUp
from reports.rules.periods import period
from tests.reports.history import at, ended, received

HALF = period("2018-H2")
PUBLISHED_AT = at("2019-02-25")
LATER = at("2019-03-14")


@pytest.mark.django_db
def test_a_report_is_frozen_with_its_hash_and_the_name_of_who_published_it(publisher: User) -> None:
    received(1, "2018-08-01", accounts=2)
    ended(1, "2018-08-02", accounts=2)
    report = publish(HALF, by=publisher, now=PUBLISHED_AT)
    kept = PublishedReport.objects.get()
    assert (kept.period, kept.revision, kept.published_by, kept.published_at) == ("2018-H2", 1, publisher, PUBLISHED_AT)
    assert kept.sha256 == report.sha256 == sha256(bytes(kept.body)).hexdigest()
    assert kept.figures["totals"]["answered"] == 1


@pytest.mark.django_db
def test_the_ledger_knows_the_hash_and_a_checkpoint_seals_it(publisher: User) -> None:
    report = publish(HALF, by=publisher, now=PUBLISHED_AT)
    entry = LedgerEntry.objects.get(stream="report:2018-H2")
    assert (entry.payload["kind"], entry.payload["sha256"]) == ("report_published", report.sha256)
    assert (entry.payload["by"], entry.payload["revision"]) == (publisher.pk, 1)
    assert CheckpointStream.objects.filter(stream="report:2018-H2", length=1).exists()


@pytest.mark.django_db
def test_what_becomes_known_later_changes_nothing_that_is_published(publisher: User) -> None:
    received(1, "2018-08-01")
    frozen = bytes(publish(HALF, by=publisher, now=PUBLISHED_AT).body)
    received(2, "2018-12-31")
    ended(1, "2018-12-31")
    assert bytes(PublishedReport.objects.get().body) == frozen


@pytest.mark.django_db
def test_a_correction_is_a_new_revision_and_the_old_one_stays(publisher: User) -> None:
    received(1, "2018-08-01")
    first = publish(HALF, by=publisher, now=PUBLISHED_AT)
    received(2, "2018-12-31")
    second = publish(HALF, by=publisher, now=LATER, note="A request of 31 December was entered late.")
    assert [report.figures["totals"]["received"] for report in revisions("2018-H2")] == [2, 1]
    assert [report.pk for report in published()] == [second.pk]
    assert revisions("2018-H2").get(revision=1).sha256 == first.sha256


@pytest.mark.django_db
@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_revision_without_a_word_on_what_changed_is_refused(publisher: User, note: str) -> None:
    publish(HALF, by=publisher, now=PUBLISHED_AT)
    with pytest.raises(ChangeNotExplained):
        publish(HALF, by=publisher, now=LATER, note=note)
    assert revisions("2018-H2").count() == 1


@pytest.mark.django_db
def test_only_a_publisher_publishes(ines: User) -> None:
    with pytest.raises(NotAPublisher):
        publish(HALF, by=ines, now=PUBLISHED_AT)


@pytest.mark.django_db
def test_a_period_that_goes_on_is_not_published(publisher: User) -> None:
    with pytest.raises(NotOver, match="2018-H2 is not over yet"):
        publish(HALF, by=publisher, now=at("2018-12-31T23:59:59"))


@pytest.mark.django_db
def test_figures_that_moved_since_the_publisher_looked_are_not_published(publisher: User) -> None:
    seen = fingerprint(make(HALF, now=PUBLISHED_AT).body)
    received(1, "2018-08-01")
    with pytest.raises(FiguresChanged):
        publish(HALF, by=publisher, now=PUBLISHED_AT, seen=seen)
    assert not PublishedReport.objects.exists()
    publish(HALF, by=publisher, now=PUBLISHED_AT, seen=fingerprint(make(HALF, now=PUBLISHED_AT).body))


@pytest.mark.django_db
def test_a_case_that_ended_twice_keeps_a_report_from_being_published(publisher: User) -> None:
    for case in (1, 2):
        received(case, "2018-08-01")
    ended(1, "2018-08-02")
    ended(1, "2018-08-03")
    with pytest.raises(DoesNotAddUp):
        publish(HALF, by=publisher, now=PUBLISHED_AT)
    assert not PublishedReport.objects.exists()


@pytest.mark.django_db
def test_published_figures_can_be_counted_again_whatever_was_written_since(publisher: User) -> None:
    received(1, "2018-08-01")
    first = publish(HALF, by=publisher, now=PUBLISHED_AT)
    ended(1, "2018-08-02")
    received(2, "2018-08-03")
    second = publish(HALF, by=publisher, now=LATER, note="Two facts were entered late.")
    received(3, "2018-08-03")
    assert recount(first) == recount(second) == []


@pytest.mark.django_db
def test_figures_that_the_ledger_does_not_give_show_when_counted_again(publisher: User) -> None:
    received(1, "2018-08-01")
    report = publish(HALF, by=publisher, now=PUBLISHED_AT)
    body = report.figures
    body["lines"][0]["received"] = 7
    report.body = json.dumps(body).encode()
    [difference] = recount(report)
    assert (difference.figure, difference.before, difference.after) == ("received", 7, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_publishedreport SET note = 'x'",
        "DELETE FROM reports_publishedreport",
        "TRUNCATE reports_publishedreport",
    ],
)
def test_the_database_refuses_to_change_what_is_published(publisher: User, statement: str) -> None:
    publish(HALF, by=publisher, now=PUBLISHED_AT)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would refuse a TRUNCATE by itself
        with pytest.raises(IntegrityError, match="stays as it is"):
            cursor.execute(statement)


@pytest.mark.django_db
def test_the_database_refuses_a_hash_that_is_not_of_the_report(publisher: User) -> None:
    report = publish(HALF, by=publisher, now=PUBLISHED_AT)
    report.pk, report.revision, report.note, report.body = None, 2, "Another", b"{}"
    with pytest.raises(IntegrityError, match="report_hash_is_of_the_body"), transaction.atomic():
        report.save(force_insert=True)


@pytest.mark.django_db
class TestBandsNeverOverlap:
    """Two ranges about the same days narrow each other down (50 USC 1874: one structure per report)."""

    def choose(self, settings: Settings, code: str) -> None:
        settings.WRITDESK = replace(settings.WRITDESK, ns_structure=code)

    def test_a_year_after_its_halves_is_refused(self, publisher: User, settings: Settings) -> None:
        publish(HALF, by=publisher, now=PUBLISHED_AT)
        self.choose(settings, "a4")
        with pytest.raises(BandsOverlap):
            publish(period("2018"), by=publisher, now=at("2020-02-01"))

    def test_a_revision_in_another_structure_is_refused(self, publisher: User, settings: Settings) -> None:
        publish(HALF, by=publisher, now=PUBLISHED_AT)
        self.choose(settings, "a2")
        with pytest.raises(BandsOverlap):
            publish(HALF, by=publisher, now=LATER, note="In another structure.")

    def test_a_revision_in_the_same_structure_is_a_correction(self, publisher: User) -> None:
        publish(HALF, by=publisher, now=PUBLISHED_AT)
        assert publish(HALF, by=publisher, now=LATER, note="A correction.").structure == "a3"

    def test_quarters_and_years_without_a_block_stand_beside_the_halves(self, publisher: User) -> None:
        publish(HALF, by=publisher, now=PUBLISHED_AT)
        for label in ("2018-Q3", "2018-Q4", "2018", "2018-H1"):
            report = publish(period(label), by=publisher, now=PUBLISHED_AT)
            assert ("national_security" in report.figures) == (label == "2018-H1") == bool(report.structure)

    def test_the_database_refuses_it_too(self, publisher: User) -> None:
        report = publish(HALF, by=publisher, now=PUBLISHED_AT)
        report.pk, report.period, report.structure = None, "2018", "a4"
        with pytest.raises(DatabaseError, match="bands about these days"), transaction.atomic():
            report.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_two_revisions(publisher: User) -> None:
    received(1, "2018-08-01")
    ready = threading.Barrier(2)

    def go(note: str) -> PublishedReport:
        try:
            ready.wait()
            return publish(HALF, by=publisher, now=PUBLISHED_AT, note=note)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(go, ["One of us was first.", "The other was second."]))
    assert sorted(report.revision for report in made) == [1, 2]
    assert [report.figures["revision"] for report in revisions("2018-H2")] == [2, 1]
    assert LedgerEntry.objects.filter(stream="report:2018-H2").count() == 2
    assert verify().first_break is None
