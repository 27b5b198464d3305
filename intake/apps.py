from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import directory
        from intake.directory.entries import behind

        directory.ask_with(behind)
