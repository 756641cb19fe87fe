"""The server's own settings, but a worker may retire in its first minute."""

import runpy

globals().update(runpy.run_path("gunicorn.conf.py"))
globals()["Retirement"].least_age = 0.0
