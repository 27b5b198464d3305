"""The command that makes the first administrator."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Role, User
from ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def test_it_prints_a_link_that_sets_a_password_once(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_staff", "lea@provider.example", "--name", "Lea", "--role", "administrator")
    link = capsys.readouterr().out.strip().removeprefix("http://localhost:8000")
    assert User.objects.get(email="lea@provider.example").has_role(Role.ADMINISTRATOR)
    form = client.get(link, follow=True)
    words = "correct horse battery staple"
    client.post(form.redirect_chain[-1][0], {"password1": words, "password2": words})
    assert User.objects.get(email="lea@provider.example").check_password(words)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_it_is_on_the_record(db: None) -> None:
    call_command("add_staff", "lea@provider.example", "--name", "Lea", "--role", "counsel", "--role", "auditor")
    kinds = LedgerEntry.objects.order_by("seq").values_list("payload__kind", flat=True)
    assert list(kinds) == ["account_made", "role_granted", "role_granted"]


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("lea", "Lea", "lea is not an e-mail address."),
        ("lea@provider.example", " ", "Give the person’s name with --name."),
        ("ANA@provider.example", "Ana", "There is an account with the address ANA@provider.example already."),
    ],
)
def test_bad_input_gets_one_line(analyst: User, email: str, name: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("add_staff", email, "--name", name)
    assert User.objects.count() == 2
