"""What an agency does with a link: opens it with its code, fetches files, says that it has them. No account.

Everything is asked anew under the case's lock: a link that is closed at this moment gives nothing.
"""

from datetime import datetime

from django.utils.crypto import constant_time_compare

from cases import ledger_kinds as kinds
from cases.actions.changing import changing, record
from cases.actions.deliveries import close_links, receive
from cases.delivery_codes import code_hash, normalised
from cases.models import Case, Delivery
from cases.queries.deliveries import files_of, open_delivery
from cases.rules.delivery import ATTEMPTS
from vault.models import Document


def open_with_code(delivery: Delivery, *, token: str, code: str, now: datetime) -> Delivery | None:
    """Spend the code and return the opened delivery; None for a wrong code, one that was spent, or a closed link.

    Every wrong code is written down; after the fifth the link is closed. The delivery is read anew under the lock.
    """
    with changing(delivery.production.case_id) as case:
        found = open_delivery(delivery.pk, now)
        if found is None or found.opened_at:
            return None
        if not constant_time_compare(found.code_hash, code_hash(token, normalised(code))):
            _count_wrong_code(case, found, now=now)
            return None
        found.opened_at = now
        found.save(update_fields=["opened_at"])
        record(case, kinds.DELIVERY_OPENED, at=now, by=None, delivery=found.pk)
        return found


def _count_wrong_code(case: Case, delivery: Delivery, *, now: datetime) -> None:
    delivery.failed_codes += 1
    delivery.save(update_fields=["failed_codes"])
    record(case, kinds.DELIVERY_CODE_WRONG, at=now, by=None, delivery=delivery.pk, tries=delivery.failed_codes)
    if delivery.failed_codes >= ATTEMPTS:
        close_links(case, [delivery.pk], because="wrong_codes", by=None, now=now)


def take_file(delivery: Delivery, *, number: int, now: datetime) -> Document | None:
    """Write down that the file of that place in the manifest, from 1, is fetched, and return it to be sent.

    None where the link has closed meanwhile or there is no such file.
    """
    with changing(delivery.production.case_id) as case:
        found = open_delivery(delivery.pk, now)
        row = files_of(found.production)[number - 1 : number].first() if found and number > 0 else None
        if found is None or found.opened_at is None or row is None:
            return None
        found.downloaded_at = found.downloaded_at or now
        found.save(update_fields=["downloaded_at"])
        record(case, kinds.DELIVERY_TAKEN, at=now, by=None, delivery=found.pk, file=number)
        return row.document


def confirm_receipt(delivery: Delivery, *, now: datetime) -> bool:
    """Write down that the agency says on its page that it has everything; False where the link has closed."""
    with changing(delivery.production.case_id) as case:
        found = open_delivery(delivery.pk, now)
        if found is None or found.downloaded_at is None:
            return False
        if found.receipt_at is None:
            receive(case, found, "", by=None, now=now)
        return True
