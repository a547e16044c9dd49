from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ToursConfig(AppConfig):
    name = "studytours.tours"

    def ready(self):
        autodiscover_modules("remit_evidence")
