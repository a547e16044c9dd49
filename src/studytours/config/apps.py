from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, and the commands that run the whole: serve, check_setup, forget."""

    name = "studytours.config"
