"""Settings of Writdesk: one file, read from the environment by the typed readers of config.env.

Importing it starts nothing and makes no folder. What is wrong with the values is said by config.checks.
"""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext

from config import desk, env
from config.embedded import address

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("WRITDESK_VAR", str(BASE_DIR / "var"))).absolute()
PRODUCTION = env.choice("WRITDESK_ENV", "development", {"development", "production"}) == "production"
DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "development-only")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")
WRITDESK = desk.read()

# Services: the operator's own, or the embedded ones, which the first connection starts.
EMBEDDED_DIR = Path(env.text("WRITDESK_EMBEDDED", str(VAR_DIR / "services"))).absolute()
EMBEDDED_POSTGRES = not env.text("DATABASE_URL", "")
EMBEDDED_VALKEY = not env.text("REDIS_URL", "")
EMBEDDED_POSTGRES_OPTIONS: dict[str, str] = {}
DATABASE_URL = env.text("DATABASE_URL", "") or address.database_url(EMBEDDED_DIR)
REDIS_URL = env.text("REDIS_URL", "") or address.redis_url(EMBEDDED_DIR)
DATABASES = {
    "default": {
        **env.postgres("DATABASE_URL", DATABASE_URL),
        **({"ENGINE": "config.embedded.backend"} if EMBEDDED_POSTGRES else {}),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config",
    "accounts",
    "ledger",
    "vault",
    "cases",
    "intake",
    "notifications",
    "reports",
    "pgtrigger",
    "anymail",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.restrict_browser",
    "config.middleware.keep_in_order",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.speak_to_reader",
    "config.middleware.tell_of_hold",
    "accounts.middleware.keep_out_of_caches",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
            ],
        },
    },
]

# Sign-in: by e-mail address and password, with a second factor; accounts are made by an administrator.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
MFA_FORMS = {"authenticate": "accounts.forms.CodeForm", "reauthenticate": "accounts.forms.ConfirmCodeForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # or anybody could have us write to anybody
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator who made the account knows the address
MFA_TOTP_ISSUER = "Writdesk"

# What a browser may do. config.middleware adds the content and permissions policies.
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": a browser then sends "Origin: null" with a form, and Django's CSRF check refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 365 * 24 * 3600 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", PRODUCTION)
# Preloading binds every host of the domain for years: not for one application to ask for.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if env.flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # or all visitors would share one address, and one limit of tries

# Uploads: Django's own handlers write large files in the clear to /tmp. This one seals every file from its first byte,
# in every view: it is in place before the CSRF check reads the form.
FILE_UPLOAD_HANDLERS = ["vault.uploads.EncryptingUploadHandler"]
SUBMISSIONS_PER_HOUR = env.number("SUBMISSIONS_PER_HOUR", 60)  # that one sender may leave in the public form
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # of a form without its files: 25,000 targets fit

# Languages and time: stored in UTC, shown in the reader's zone.
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["config.formats"]
# What customers, authorities and the public read. The staff's console speaks the first two.
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("ja", "日本語"),
    ("zh-hans", "简体中文"),
]
STAFF_LANGUAGES = LANGUAGES[:2]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files: straight from the apps in development; collected, hashed and compressed in production.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
STORAGES = {
    "vault": {
        "BACKEND": "vault.storage.DurableFileStorage",
        "OPTIONS": {
            "location": VAR_DIR / "vault",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Mail: through the operator's relay, or as files that the console shows.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 30)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FROM_EMAIL", WRITDESK.contact_email)
globals().update(env.mail("EMAIL_URL"))
EMAIL_FALLBACK = env.mail("EMAIL_FALLBACK_URL")  # for when the first takes nothing
RETURN_PATH = env.text("RETURN_PATH", "")  # where mail servers return what they cannot deliver; empty: to the sender
# A provider's keys, and the secret of its reports: ANYMAIL_POSTMARK_SERVER_TOKEN, ANYMAIL_WEBHOOK_SECRET and so on.
ANYMAIL = {**env.prefixed("ANYMAIL_"), "REQUESTS_TIMEOUT": EMAIL_TIMEOUT}

# Tasks: taken one at a time and acknowledged when done, so that one whose worker died runs again.
CELERY_BROKER_URL = address.broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TIMEZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_addresses": {"()": "config.log.WithoutAddresses"}},
    "formatters": {
        "line": {"()": "config.log.WithoutDetails", "format": "{levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_addresses"]}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
    # Django's own handlers would write the address of each page, and mail it to ADMINS.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # It would tell of every step, and quote what it draws.
        "weasyprint": {"level": "CRITICAL"},
    },
}
