"""The worker: does what the verbs owe outside of requests."""

from shared.jobs.handlers import HANDLERS, GiveUp, Handler
from shared.jobs.worker import Worker

__all__ = ["HANDLERS", "GiveUp", "Handler", "Worker"]
