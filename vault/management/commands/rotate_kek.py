"""manage.py rotate_kek: put all documents under a new key-encryption key."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from vault import keyring, keys
from vault.actions import rotation
from vault.keyring import BadKey, Kek
from vault.keys import OtherKeys

ROTATING = 0x57_44_52_4F_54  # "WDROT"


class Command(BaseCommand):
    help = (
        "Wrap the key of every scope under the current key-encryption key; documents stay as they are. "
        "With WRITDESK_KEK set, put the new key there and the old one in WRITDESK_KEK_PREVIOUS first. "
        "Otherwise a new key is made, or taken from --new-key-file. Interrupted, run it again: it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new-key-file", type=Path, help="a file with the new key: 32 bytes in base64")

    def handle(self, *, new_key_file: Path | None, **_options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ROTATING])
            if cursor.fetchone() != (True,):
                raise CommandError("Another rotation is running.")
            try:
                self._rotate(new_key_file)
            except (BadKey, OtherKeys, OSError) as error:
                raise CommandError(str(error)) from error
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ROTATING])

    def _rotate(self, new_key_file: Path | None) -> None:
        _put_in_place(new_key_file)
        kek = keys.primary()
        with tqdm(total=rotation.under_earlier_keys(kek), unit=" keys", disable=None) as progress:
            for done in rotation.rewrap_all(kek):
                progress.update(done)
        self.stdout.write(
            f"Everything is under key {kek.id}. Keep the earlier key for as long as there are backups from before."
        )


def _put_in_place(new_key_file: Path | None) -> None:
    """Make the new key this machine's current one, where we keep the keys and no rotation waits to be finished."""
    kek = keys.primary()
    if os.environ.get(keyring.CURRENT):
        if new_key_file:
            raise CommandError("The key comes from WRITDESK_KEK: put the new one there.")
    elif new_key_file:
        keyring.replace(keyring.parse(new_key_file.read_text(), str(new_key_file)))
    elif not rotation.in_progress(kek):
        keyring.replace(Kek(os.urandom(keyring.KEY_BYTES)))
