import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from itrack.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itrack.config.settings.trial")
application = get_wsgi_application()
import_module("itrack.config.urls")
settle()
