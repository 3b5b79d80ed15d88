"""Points this process, and those that it will start, at a database and at servers of the rig's own."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import connection

from portal.celery import app
from portal.embedded import free_port

from .databases import Database, Sqlite


def use(database: Database) -> None:
    """Servers that are not there yet have their addresses: nothing listens on them."""
    os.environ["DATABASE_URL"] = database.url
    connection.settings_dict["NAME"] = str(database.path) if isinstance(database, Sqlite) else database.name
    if connection.vendor == "postgresql":
        connection.settings_dict["OPTIONS"]["application_name"] = settings.OWN_CONNECTIONS
    use_redis(f"redis://127.0.0.1:{free_port()}")
    use_mail_server(free_port())


def use_redis(url: str) -> None:
    os.environ["REDIS_URL"] = url
    app.conf.broker_url = f"{url}/0"
    settings.CACHES["default"]["LOCATION"] = f"{url}/1"


def use_mail_server(port: int) -> None:
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_PORT = port
