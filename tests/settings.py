"""The project's settings, on a data folder that lasts as long as the tests."""

import atexit
import os
import shutil
import tempfile

_data = os.environ.get("TEST_DATA") or tempfile.mkdtemp(prefix="ithaca-test-")  # TEST_DATA with --reuse-db saves time
if "TEST_DATA" not in os.environ:
    atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["DATA_DIR"] = _data
os.environ.pop("DEMO", None)

from ithaca.config.settings import *  # noqa: E402, F403 - the environment comes first
from ithaca.config.settings import DATABASES  # noqa: E402

ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "tests.sqlite3"
    # a file, so that threads and processes meet the locks that people meet
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "test.sqlite3")}
    # no power cut will befall them
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"] = {}
