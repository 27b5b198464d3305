"""Logs hold no addresses of pages and no values of rows."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import Client, RequestFactory
from django.urls import resolve

from accounts.models import User
from config.log import WithoutAddresses, WithoutDetails
from tests.fixtures.staff import make_staff


@pytest.fixture
def log() -> io.StringIO:
    """What the handler of the settings writes."""
    return io.StringIO()


@pytest.fixture(autouse=True)
def _listen(log: io.StringIO) -> Iterator[None]:
    handler = logging.StreamHandler(log)
    handler.addFilter(WithoutAddresses())
    handler.setFormatter(WithoutDetails("{levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)


def test_a_page_that_is_not_there_is_not_repeated(client: Client, db: None, log: io.StringIO) -> None:
    client.get("/n/secret-link-of-carla/?name=carla")
    assert "Not Found" in log.getvalue()
    assert "secret-link" not in log.getvalue()
    assert "carla" not in log.getvalue()


def test_a_page_is_named_by_its_route(rf: RequestFactory, log: io.StringIO) -> None:
    page = rf.get("/password/reset/abc-secret/")
    page.resolver_match = resolve(page.path)
    logging.getLogger("django.request").warning("Forbidden: %s", page.path, extra={"request": page})
    assert "Forbidden: ^password/reset/" in log.getvalue()
    assert "abc-secret" not in log.getvalue()


def test_a_refused_row_is_not_repeated(administrator: User, log: io.StringIO) -> None:
    try:
        make_staff(administrator.name, since=administrator.date_joined)
    except IntegrityError:
        logging.getLogger("desk").exception("The account was not made.")
    assert "unique constraint" in log.getvalue()
    assert administrator.email not in log.getvalue()
