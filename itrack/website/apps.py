from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "itrack.website"
    label = "website"
