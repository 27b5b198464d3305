from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell cases how to read what intake keeps: numbers that came with a request, and the customer directory."""
        from cases import directory
        from cases.given_numbers import hand_in
        from intake.directory.entries import behind, listed
        from intake.queries.submissions import numbers_given

        hand_in(numbers_given)
        directory.ask_with(behind)
        directory.lists_with(listed)
