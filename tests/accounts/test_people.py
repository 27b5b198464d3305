"""The administrator's pages: who works here, what each may do, one confirmed change at a time."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_administrator(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_told_which_role_the_page_is_for(client: Client, ines: User, method: str) -> None:
    client.force_login(ines)
    for path in ("/people/", f"/people/{ines.pk}/", f"/people/{ines.pk}/give/role/auditor/"):
        response = getattr(client, method)(path)
        assert response.status_code == 403
        assert "This page is for: Administrator." in response.content.decode()
    assert ines.role_grants.count() == 1


def test_a_part_of_a_page_sends_the_whole_window_to_sign_in(client: Client) -> None:
    response = client.get("/people/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == "/sign-in/?next=/people/"


def test_everyone_is_listed_with_what_they_hold(as_administrator: Client, ines: User, auditor: User) -> None:
    html = as_administrator.get("/people/").content.decode()
    for words in ("Ines Counsel", "aude@provider.example", "Auditor"):
        assert words in html


def test_the_list_costs_the_same_queries_however_long_it_is(
    as_administrator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        User.objects.create_user(f"p{number}@provider.example", f"P {number}")
    with django_assert_max_num_queries(9):
        html = as_administrator.get("/people/").content.decode()
    assert "1 to 25 of 31" in html


def test_a_change_is_asked_for_once_more_before_it_is_made(as_administrator: Client, analyst: User) -> None:
    path = f"/people/{analyst.pk}/give/role/counsel/"
    assert "Give Ana Analyst the role “Counsel”?" in as_administrator.get(path).content.decode()
    assert not User.objects.get(pk=analyst.pk).has_role(Role.COUNSEL)
    answer = as_administrator.post(path, follow=True).content.decode()
    assert "Ana Analyst now holds the role “Counsel”." in answer
    assert User.objects.get(pk=analyst.pk).has_role(Role.COUNSEL)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("end/role/analyst", "no longer holds the role “Analyst”."),
        ("give/compartment/national-security", "may now know of the cases in “National security”."),
        ("give/role/analyst", "holds this role already."),
        ("end/compartment/national-security", "is not in this compartment."),
    ],
)
def test_the_answer_says_what_was_done_or_why_not(
    as_administrator: Client, analyst: User, change: str, sentence: str
) -> None:
    assert sentence in as_administrator.post(f"/people/{analyst.pk}/{change}/", follow=True).content.decode()


def test_to_oneself_everything_is_refused_in_place(as_administrator: Client, administrator: User) -> None:
    html = as_administrator.get(f"/people/{administrator.pk}/").content.decode()
    assert html.count("You cannot give this to yourself.") == len(Role) - 1 + 1  # roles not held, and the compartment
    assert 'aria-disabled="true"' in html
    as_administrator.post(f"/people/{administrator.pk}/give/role/counsel/")
    assert not User.objects.get(pk=administrator.pk).has_role(Role.COUNSEL)


@pytest.mark.parametrize("change", ["give/role/king", "take/role/counsel", "give/hat/counsel", "give/compartment/none"])
def test_what_does_not_exist_is_not_found(as_administrator: Client, analyst: User, change: str) -> None:
    assert as_administrator.post(f"/people/{analyst.pk}/{change}/").status_code == 404


def test_the_menu_offers_the_page_to_administrators_only(as_administrator: Client, ines: User) -> None:
    assert 'href="/people/"' in as_administrator.get("/appearance/").content.decode()
    as_administrator.force_login(ines)
    assert 'href="/people/"' not in as_administrator.get("/appearance/").content.decode()
