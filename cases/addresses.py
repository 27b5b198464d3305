"""How addresses name a row: by its place among its fellows, counted from 1. Keys stay in the house."""

from django.urls import register_converter


class PlaceConverter:
    """A place. Nobody has a million rows of a kind in one case, and a number too long for the database is none."""

    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(PlaceConverter, "place")
