"""All settings. What a deployment may change comes from an environment variable named here."""

import os
import warnings
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import (
    env_address,
    env_choice,
    env_database,
    env_flag,
    env_folder,
    env_hosts,
    env_int,
    env_needed,
    secret_key,
    spark_master,
)  # fmt: skip


def package_folder(name):
    """Where a package lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ImproperlyConfigured(f"The package {name} is not installed: run make setup")
    return Path(spec.origin).parent


ROOT = Path(__file__).resolve().parents[3]

# Everything that a back-up must hold lives below HOME.
HOME = env_folder("STUDYTOURS_HOME", ROOT / "var")
CRIME_ARCHIVE = HOME / "crime"
UPLOADS = HOME / "uploads"
SPARK_MASTER = spark_master()

# "local" is a laptop on 127.0.0.1; "production" is reached by the public.
ENVIRONMENT = env_choice("STUDYTOURS_ENVIRONMENT", "local", ("local", "production"))
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env_flag("STUDYTOURS_DEBUG", "no")
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("STUDYTOURS_DEBUG=yes shows the public our settings: set it to no")


SECRET_KEY = secret_key(HOME, production=PRODUCTION)
ALLOWED_HOSTS = env_hosts("STUDYTOURS_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
# The address that goes into e-mails and QR codes.
BASE_URL = env_address(
    "STUDYTOURS_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
)

# A context may import only from those after it; import-linter (pyproject.toml) sees to it.
CONTEXTS = [
    "demo", "reportback", "actions", "fieldwork", "tours", "measures", "areas", "crime",
    "streets", "partners", "core",
]  # fmt: skip

INSTALLED_APPS = [
    "studytours.config",
    *(f"studytours.{context}" for context in CONTEXTS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    # Only where it is set up: its parts are slow to load and every command would wait for them.
    *(
        ["allauth.socialaccount.providers.openid_connect"]
        if os.getenv("STUDYTOURS_OIDC_URL")
        else []
    ),
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "studytours.core.middleware.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "studytours.core.middleware.ContentSecurityPolicy",
    "studytours.core.middleware.PrivatePages",
    "studytours.core.middleware.NoNulInAddresses",
    "studytours.core.middleware.LimitedBodies",
    "allauth.account.middleware.AccountMiddleware",
    "studytours.partners.middleware.SecondFactor",
    "studytours.core.middleware.RefusalsAsPages",
]

ROOT_URLCONF = "studytours.config.urls"
WSGI_APPLICATION = "studytours.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["studytours.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "studytours.partners.context.office",
            ],
        },
    }
]

DATABASES = {
    "default": env_database(f"sqlite:///{HOME / 'studytours.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # With Django's default (deferred) transactions most concurrent read-then-write requests
    # fail with "database is locked". WAL itself is set once, after migrate: core/apps.py.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Every thread has a connection with a cache of its own; the system's serves all of them.
        "init_command": "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-200;",
    }
    # Tests need a file: threads that share a database in memory lock each other's tables out.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / f"test-{os.getpid()}.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# Memory-hard, and quick enough that the four sign-ins of a laptop do not keep anyone waiting.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "studytours.partners.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "studytours.partners.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by a coordinator, never by strangers
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # post can be slow
ACCOUNT_PASSWORD_MIN_LENGTH = None  # AUTH_PASSWORD_VALIDATORS says it
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "studytours.partners.sign_in_forms.LoginForm",
    "request_login_code": "studytours.partners.sign_in_forms.RequestLoginCodeForm",
    "confirm_login_code": "studytours.partners.sign_in_forms.ConfirmLoginCodeForm",
    "reset_password": "studytours.partners.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "studytours.partners.sign_in_forms.ResetPasswordKeyForm",
    "change_password": "studytours.partners.sign_in_forms.ChangePasswordForm",
    "set_password": "studytours.partners.sign_in_forms.SetPasswordForm",
    "reauthenticate": "studytours.partners.sign_in_forms.ReauthenticateForm",
}
MFA_ADAPTER = "studytours.partners.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "studytours.partners.sign_in_forms.AuthenticateForm",
    "reauthenticate": "studytours.partners.sign_in_forms.SecondStepAgainForm",
    "activate_totp": "studytours.partners.sign_in_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # the code of half a minute ago, for slow fingers
# Limits by address of the caller need the caller's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("STUDYTOURS_PROXIES", 1 if PRODUCTION else 0)
# Staff who can read private findings prove who they are twice. On a laptop it is only offered.
SECOND_FACTOR_REQUIRED = env_flag("STUDYTOURS_SECOND_FACTOR", "yes" if PRODUCTION else "no")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "organisation",
                "name": os.getenv("STUDYTOURS_OIDC_NAME", "your organisation"),
                "client_id": env_needed("STUDYTOURS_OIDC_CLIENT_ID", because="STUDYTOURS_OIDC_URL"),
                "secret": os.getenv("STUDYTOURS_OIDC_SECRET", ""),
                "settings": {"server_url": env_address("STUDYTOURS_OIDC_URL")},
            }
        ]
        if os.getenv("STUDYTOURS_OIDC_URL")
        else []
    }
}

if PRODUCTION:
    # Limits and used codes are remembered here: all web processes must share it.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": HOME / "cache",
        }
    }

CSRF_FAILURE_VIEW = "studytours.core.views.csrf_failure"

LANGUAGE_CODE = "en-gb"
# Of the phone and of the pages round it (field/words); the rest is English.
LANGUAGES = [("en-gb", "English"), ("pl", "Polski"), ("ro", "Română")]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "static"
STATICFILES_DIRS = [
    ("field", ROOT / "field"),
    ("vendor", ROOT / "vendor"),
    # The documentation page of the API. django-ninja as an installed app would cost every command
    # half a second for these few files.
    ("ninja", package_folder("ninja") / "static/ninja"),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "media"},
    },
    "staticfiles": {
        # Hashed names are for production; `make run` serves the plain files.
        "BACKEND": "studytours.core.storage.HashedStatic"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
if not PRODUCTION:  # the collected files are for production; a laptop has none, and that is fine
    warnings.filterwarnings("ignore", message="No directory at")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

EMAIL_HOST = os.getenv("STUDYTOURS_SMTP_HOST", "")
EMAIL_PORT = env_int("STUDYTOURS_SMTP_PORT", 25)
EMAIL_HOST_USER = os.getenv("STUDYTOURS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.getenv("STUDYTOURS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_flag("STUDYTOURS_SMTP_TLS", "no")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not EMAIL_HOST:
    # No mail server: what would have been sent is kept where a person can read it.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
# GOV.UK Notify goes before a mail server.
NOTIFY_KEY = os.getenv("STUDYTOURS_NOTIFY_KEY", "")
NOTIFY_TEMPLATE = NOTIFY_URL = ""
if NOTIFY_KEY:
    NOTIFY_TEMPLATE = env_needed("STUDYTOURS_NOTIFY_TEMPLATE", because="STUDYTOURS_NOTIFY_KEY")
    NOTIFY_URL = env_address("STUDYTOURS_NOTIFY_URL", "https://api.notifications.service.gov.uk")
    EMAIL_BACKEND = "studytours.core.notify.NotifyBackend"
DEFAULT_FROM_EMAIL = os.getenv("STUDYTOURS_FROM", "Study tours <studytours@example.org>")

# Never below these, whatever the proxy says.
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600 if PRODUCTION else 14 * 24 * 3600
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "studytours.core.logs.WithoutSecrets",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "faults": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "studytours": {"level": "INFO"},
        # The worker tells of each task it begins and ends; only what goes wrong is news.
        "django_tasks": {"handlers": ["faults"], "propagate": False},
        "django_tasks_db": {"handlers": ["faults"], "propagate": False},
    },
}
