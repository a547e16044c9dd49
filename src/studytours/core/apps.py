from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "studytours.core"

    def ready(self):
        autodiscover_modules("panels")
        post_migrate.connect(set_write_ahead_log, sender=self)


def set_write_ahead_log(using, **kwargs):
    """WAL is a property of the SQLite file: set once, readers never wait for the writer."""
    from django.db import connections

    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
