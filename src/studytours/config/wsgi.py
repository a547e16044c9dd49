"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studytours.config.settings")
application = get_wsgi_application()

from .warm import warm  # noqa: E402  (Django must be set up)

warm()
