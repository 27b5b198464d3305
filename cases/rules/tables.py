"""Reading the tables of law in cases/rules/data."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return the table `data/<name>.toml` as parsed; the caller must not change it."""
    text = resources.files("cases.rules.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
