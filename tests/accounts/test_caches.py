"""Pages of signed-in people stay in no cache."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/appearance/", "/people/", "/there-is-no-such-page/"])
def test_no_browser_keeps_a_page_of_somebody_signed_in(client: Client, ines: User, path: str) -> None:
    client.force_login(ines)
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_strangers_page_costs_no_query_about_who_they_are(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get("/there-is-no-such-page/")
