"""One way of writing each name, so that who typed it differently is found all the same."""

import pytest

from intake.directory.names import exact, kind_of_address, parents


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        pytest.param(
            "domain", "Shop.Carla.Example.", (("domain", "shop.carla.example"),), id="letters and the last dot"
        ),
        pytest.param("domain", "bücher.example", (("domain", "xn--bcher-kva.example"),), id="as the DNS has it"),
        pytest.param("ip", "2001:DB8:0::1", (("ip", "2001:db8::1"),), id="the short form of an address"),
        pytest.param("ip", "not an address", (("ip", "not an address"),), id="what is no address is found nowhere"),
        pytest.param("email", "Carla@Mail.Example", (("email", "carla@mail.example"),), id="mail in lower case"),
        pytest.param("domain", "faß.example", (("domain", "faß.example"),), id="no name of another, fass.example"),
        pytest.param("domain", "Bücher.Example", (("domain", "xn--bcher-kva.example"),), id="letters of a language"),
        pytest.param("account", "Carla", (("account", "Carla"),), id="an account as it is written"),
        pytest.param(
            "account",
            "Carla@Mail.Example",
            (("account", "Carla@Mail.Example"), ("email", "carla@mail.example")),
            id="an account that is a mail address",
        ),
        pytest.param(
            "url",
            "https://Shop.Carla.Example/1",
            (("url", "https://Shop.Carla.Example/1"), ("domain", "shop.carla.example")),
            id="a URL by the domain that serves it",
        ),
        pytest.param(
            "url",
            "http://192.0.2.7:8080/x",
            (("url", "http://192.0.2.7:8080/x"), ("ip", "192.0.2.7")),
            id="a URL by the address that serves it",
        ),
    ],
)
def test_a_target_is_looked_up_under(kind: str, value: str, expected: tuple[tuple[str, str], ...]) -> None:
    assert exact(kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        pytest.param("domain", "a.b.carla.example", ["b.carla.example", "carla.example"], id="the nearest first"),
        pytest.param("domain", "carla.example", [], id="never a top-level domain"),
        pytest.param("url", "https://a.carla.example/", ["carla.example"], id="a URL's domain too"),
        pytest.param("url", "http://192.0.2.7/", [], id="an address has none"),
        pytest.param("account", "a.b.carla.example", [], id="an account has none"),
    ],
)
def test_the_domains_above_are(kind: str, value: str, expected: list[str]) -> None:
    assert parents(kind, value) == tuple(("domain", name) for name in expected)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("192.0.2.7", "ip"),
        ("::1", "ip"),
        ("carla@mail.example", "email"),
        ("carla", ""),
        ("@mail.example", ""),
        ("a@b", ""),
    ],
)
def test_an_address_is_of_a_kind(value: str, kind: str) -> None:
    assert kind_of_address(value) == kind
