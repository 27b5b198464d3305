"""Signing in as django-allauth is told to do it here."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. An administrator can open it again."),
        "email_password_mismatch": _("This address and password do not go together. Check both, then try again."),
        "enter_current_password": _("Enter the password that you have now."),
        "incorrect_code": _("Enter the code that the app shows now."),
        "incorrect_password": _("Enter your password as it is now."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: a code of an app, or a recovery code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Enter the code that the app shows now, or a recovery code that you have not used."),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as the database keeps it, so that a copy of the database alone signs nobody in."""
        return _secrets().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again, also when it was kept under a SECRET_KEY that has since become a fallback."""
        return _secrets().decrypt(encrypted_text.encode()).decode()


def _secrets() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(b"accounts.second-factor:" + key.encode()).digest())) for key in keys]
    )
