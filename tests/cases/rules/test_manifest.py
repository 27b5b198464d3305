"""What a package says of itself."""

import json
from datetime import UTC, datetime, timedelta, timezone

from cases.rules.manifest import File, Order, Party, canonical, delivered, drafted, files_of, released

RECEIVED = datetime(2026, 9, 4, 14, 20, tzinfo=timezone(timedelta(hours=2)))
RELEASED = datetime(2026, 9, 10, 9, tzinfo=UTC)
MAIL = File("carla.mbox", 26_214_401, "a" * 64, "b" * 128)
ORDER = Order("WD-2026-7K3M9Q2XC", "123 Js 456/26", "eu_epoc", "Reg. (EU) 2023/1543 Art. 5", RECEIVED)
DRAFT = drafted(
    [MAIL, File("log.csv", 9, "c" * 64, "d" * 128)],
    order=ORDER,
    sender=Party("Example Network", "legal@provider.example"),
    recipient=Party("Staatsanwaltschaft Beispielstadt", "Dr. Ada Osei", "DE"),
)


def test_a_manifest_names_every_file_with_its_size_and_both_hashes() -> None:
    assert DRAFT["files"][0] == {"name": "carla.mbox", "size": 26_214_401, "sha256": "a" * 64, "sha512": "b" * 128}
    assert DRAFT["total_size"] == 26_214_410


def test_it_says_what_it_answers_when_and_by_what_means_it_goes() -> None:
    left = released(DRAFT, part=1, is_last=True, at=RELEASED)
    sent = delivered(left, means="link", recipient="Dr. Osei", available_at=RELEASED, expires_at=RELEASED)
    assert sent["order"]["received_at"] == "2026-09-04T12:20:00+00:00"
    assert (sent["part"], sent["is_last_part"], sent["released_at"]) == (1, True, "2026-09-10T09:00:00+00:00")
    assert sent["delivery"] == {
        "means": "link",
        "recipient": "Dr. Osei",
        "available_at": "2026-09-10T09:00:00+00:00",
        "expires_at": "2026-09-10T09:00:00+00:00",
    }
    assert (
        "expires_at" not in delivered(left, means="x", recipient="", available_at=RELEASED, expires_at=None)["delivery"]
    )
    assert "delivery" not in left


def test_it_has_one_text_whatever_the_order_of_its_keys() -> None:
    turned = dict(reversed(DRAFT.items()))
    assert canonical(DRAFT) == canonical(turned)
    assert json.loads(canonical(DRAFT)) == DRAFT


def test_a_manifest_from_before_it_named_the_order_still_lists_its_files() -> None:
    assert [file["name"] for file in files_of(DRAFT)] == ["carla.mbox", "log.csv"]
    assert files_of([{"name": "old.zip", "size": 1, "sha256": "e" * 64}])[0]["name"] == "old.zip"
