from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, and the commands that run the whole: serve, check_setup."""

    name = "studytours.config"
