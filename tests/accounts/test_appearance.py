"""Language, zone, colours and shortcuts are each reader's own."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
CHOICES = {"language": "fr", "timezone": "Europe/Paris", "theme": "dark", "shortcuts": ""}


def test_choices_hold_from_the_next_page_on(client: Client, ines: User) -> None:
    client.force_login(ines)
    assert "keys.js" in client.get("/appearance/").content.decode()
    html = client.post("/appearance/", CHOICES, follow=True).content.decode()
    assert '<html lang="fr" dir="ltr" data-theme="dark">' in html
    assert "keys.js" not in html
    ines.refresh_from_db()
    assert (ines.timezone, ines.shortcuts) == ("Europe/Paris", False)


@pytest.mark.parametrize(("field", "value"), [("language", "tlh"), ("timezone", "Mars/Olympus"), ("theme", "pink")])
def test_what_does_not_exist_cannot_be_chosen(client: Client, ines: User, field: str, value: str) -> None:
    client.force_login(ines)
    assert 'class="error-summary"' in client.post("/appearance/", CHOICES | {field: value}).content.decode()
    ines.refresh_from_db()
    assert ines.language == "en"
