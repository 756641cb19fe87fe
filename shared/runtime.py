"""What one process shares between its applications: settings, database, clock and keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from wsgiref.types import WSGIApplication

from shared import keys
from shared.clock import Clock, utc_now
from shared.db import Database
from shared.settings import Settings

# A request is cut off first; the database's own end is for the statement that it leaves behind.
SPARE_SECONDS = 2


@dataclass(frozen=True)
class Runtime:
    """The parts that every application of this process is built from."""

    settings: Settings
    clock: Clock = utc_now
    serving: bool = False  # requests, whose statements have an end; commands may take their time
    # The applications that run in this process, by name; None is one that is not up.
    apps: dict[str, Callable[[], WSGIApplication | None]] = field(
        default_factory=dict, compare=False
    )

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] | None = None, *, serving: bool = False
    ) -> "Runtime":
        """Build from the environment; raises SettingsError naming the variable."""
        return cls(Settings.from_env(environ), serving=serving)

    @cached_property
    def master_key(self) -> bytes:
        """The instance's master key; raises KeyFileError when its file is unsafe."""
        if self.settings.secret_key:
            return self.settings.secret_key.encode()
        return keys.load_or_create(self.settings.instance / "keys" / "master.key")

    def key(self, purpose: str) -> bytes:
        """Return the derived 32-byte key for one purpose."""
        return keys.derive(self.master_key, purpose)

    @cached_property
    def database(self) -> Database:
        """The one engine and pool that the applications of this process share."""
        return Database(
            self.settings.database,
            audit_key=self.key("audit"),
            statement_seconds=self.settings.request_seconds + SPARE_SECONDS if self.serving else 0,
        )
