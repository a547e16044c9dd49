from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "studytours.partners"
