"""How the server is set up: what stands in front of it, and how many threads do what."""

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from admin.doctor.finding import Check, Finding
from shared.runtime import Runtime
from shared.settings import Settings

LOCAL_NAMES = frozenset({"", "localhost"})
THREADS_OF_THE_SITE = 2


def check_proxy(runtime: Runtime) -> Finding:
    """A buffering proxy stands between the world and the server."""
    settings = runtime.settings
    if settings.trusted_proxies or settings.trust_unix_peer:
        return Finding("proxy", "ok", "a proxy is named in TRUSTED_PROXIES")
    if not is_public(settings):
        return Finding("proxy", "ok", "not needed on this machine alone")
    return Finding(
        "proxy",
        "warning",
        "public, and TRUSTED_PROXIES names no proxy: slow clients reach the server itself",
        "Put deploy/nginx.conf or deploy/Caddyfile in front, and name its address",
    )


def check_address(runtime: Runtime) -> Finding:
    """The site knows its own address."""
    if runtime.settings.site_url:
        return Finding("address", "ok", runtime.settings.site_url)
    return Finding(
        "address",
        "warning",
        "SITE_URL is not set: feeds, sitemap and links for mail name whatever host was asked",
        "Set it to the public address of the site",
    )


def check_https(runtime: Runtime) -> Finding:
    """Passwords and cookies travel by https."""
    settings = runtime.settings
    if settings.secure:
        return Finding("https", "ok", "cookies are for https alone")
    if not is_public(settings):
        return Finding("https", "ok", "not needed on this machine alone")
    return Finding(
        "https",
        "warning",
        "passwords and cookies may travel in the clear, and cookies are not marked Secure",
        "Serve by https, and say so: SITE_URL=https://…",
    )


def check_debug(runtime: Runtime) -> Finding:
    """Nobody runs it with a debugger."""
    if not runtime.settings.debug:
        return Finding("debug", "ok", "off")
    return Finding(
        "debug",
        "error",
        "whoever reaches the debugger runs any code, and no request has a time limit",
        "Unset DEBUG",
    )


def check_workers(runtime: Runtime) -> Finding:
    """Every core has a worker, and not many more."""
    workers, cores = runtime.settings.workers, len(os.sched_getaffinity(0))
    text = f"{workers} for {cores} cores"
    if workers > 2 * cores:
        advice = f"More cost memory and bring nothing: WORKERS={cores}"
        return Finding("workers", "warning", text, advice)
    if 2 * workers <= cores:
        return Finding("workers", "warning", text, f"Most cores stand idle: WORKERS={cores}")
    if workers == 1:
        advice = "A second one answers while the first is replaced: WORKERS=2"
        return Finding("workers", "warning", text, advice)
    return Finding("workers", "ok", text)


def check_threads(runtime: Runtime) -> Finding:
    """The limits leave threads to the site, and each is within reach."""
    settings = runtime.settings
    shared = settings.threads - THREADS_OF_THE_SITE
    names = ("limit_admin", "limit_api", "limit_media")
    over = [name.upper() for name in names if getattr(settings, name) > shared]
    if over:
        return Finding(
            "threads",
            "warning",
            f"{', '.join(over)} over the {shared} places that all share: one can take them all",
            f"Raise THREADS from {settings.threads}, or lower the limit",
        )
    if settings.limit_exports >= settings.limit_admin:
        return Finding(
            "threads",
            "warning",
            "exports may take every place of the console",
            "Let LIMIT_EXPORTS be less than LIMIT_ADMIN",
        )
    text = f"{settings.threads} a worker, {THREADS_OF_THE_SITE} of them always for the site"
    return Finding("threads", "ok", text)


def is_public(settings: Settings) -> bool:
    """Tell whether others than this machine's own users come, as far as the settings say."""
    if settings.site_url and not _is_local(urlsplit(settings.site_url).hostname or ""):
        return True
    return not (settings.bind.startswith("unix:") or _is_local(settings.bind))


def _is_local(host: str) -> bool:
    if host in LOCAL_NAMES or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


SERVER_CHECKS: tuple[Check, ...] = (
    check_proxy,
    check_address,
    check_https,
    check_debug,
    check_workers,
    check_threads,
)
