from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell cases how to read the telephone numbers that came with a request: they prove nothing when called."""
        from cases.given_numbers import hand_in
        from intake.queries.submissions import numbers_given

        hand_in(numbers_given)
