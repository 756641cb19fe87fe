"""How a job may end besides well."""


class GiveUp(Exception):
    """A handler's word that no further attempt can succeed; the message says why."""
