from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what django-anymail reads out of a provider's reports: a signal is how it says so."""
        from anymail.signals import tracking

        from notifications import checks  # noqa: F401  registers itself
        from notifications.views.hooks import take_tracking

        tracking.connect(take_tracking, dispatch_uid="notifications")
