import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

# What is loaded by now stays: looking through it again and again took a quarter of the time of a page.
gc.freeze()
gc.set_threshold(50_000, 20, 20)
