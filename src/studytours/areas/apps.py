from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AreasConfig(AppConfig):
    name = "studytours.areas"

    def ready(self):
        autodiscover_modules("area_facts")
