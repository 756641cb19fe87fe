"""Real nginx and real Caddy from `deploy/`; only ports, paths and the prefix are changed."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.install_test_programs import find_program
from tests.live.conftest import ROOT, Answer


class Proxy:
    """A running proxy that speaks https on a port of this machine."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.port = port
        self._context = ssl.create_default_context(cafile=str(certificate))

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return self._context.wrap_socket(plain, server_hostname="localhost")

    def ask(self, target: str, *headers: str, method: str = "GET", body: bytes = b"") -> Answer:
        given = "".join(f"{header}\r\n" for header in ("Host: localhost", *headers))
        head = f"{method} {target} HTTP/1.1\r\n{given}Connection: close\r\n\r\n"
        with self.connect() as connection:
            connection.sendall(head.encode("latin-1") + body)
            return Answer(b"".join(iter(lambda: connection.recv(65_536), b"")))


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost, and its key."""
    certificate, key = folder / "localhost.pem", folder / "localhost.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", key, "-out", certificate]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)
    return certificate, key


def nginx(folder: Path, port: int, backend: str, *, prefix: bool) -> tuple[list[str], str]:
    """Return the command and the text of nginx.conf for a test."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    if prefix:
        text = re.sub(
            r"\n {8}location / \{\n {12}proxy_pass.*?\n {8}# Under",
            "\n        # Under",
            text,
            flags=re.DOTALL,
        )
        text = re.sub(
            r"^( {8})# ( *(?:location /x|client_max|proxy_|\}))", r"\1\2", text, flags=re.MULTILINE
        )
    certificate, key = folder / "localhost.pem", folder / "localhost.key"
    temporary = "".join(
        f"    {name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    for old, new in {
        "user www-data;\n": "user root;\n" if os.getuid() == 0 else "",
        "/run/nginx.pid": f"{folder}/pid",
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "http {\n": "http {\n" + temporary,
        "        listen [::]:80;\n": "",
        "        listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/letsencrypt/live/example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/example.org/privkey.pem": str(key),
        "example.org": "localhost",
        "server 127.0.0.1:8000;": f"server {backend};",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    program = find_program("nginx")
    assert program, "run: make test-programs"
    command = [program, "-p", str(folder), "-c", str(folder / "conf"), "-g", "daemon off;"]
    return command, text


def caddy(folder: Path, port: int, backend: str, *, prefix: bool) -> tuple[list[str], str]:
    """Return the command and the text of the Caddyfile for a test."""
    text = (ROOT / "deploy" / "Caddyfile").read_text()
    if prefix:
        text = re.sub(r"\n\t@console path.*?\n\n", "\n", text, flags=re.DOTALL)
        text = text.replace(
            "\t\theader_up -X-Forwarded-Prefix", "\t\theader_up X-Forwarded-Prefix /x/y"
        )
        text = re.sub(r"^\t# (handle_path|\timport|\})", r"\t\1", text, flags=re.MULTILINE)
    certificate, key = folder / "localhost.pem", folder / "localhost.key"
    address = backend.removeprefix("unix:")
    own = f"\tbind 127.0.0.1\n\ttls {certificate} {key}\n"
    for old, new in {
        "\n{\n\tservers": "\n{\n\tadmin off\n\tauto_https disable_redirects\n\tservers",
        "\nexample.org {\n": f"\nhttps://localhost:{port} {{\n{own}",
        "127.0.0.1:8000 {": ("unix/" + address if backend != address else backend) + " {",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    program = find_program("caddy")
    assert program, "run: make test-programs"
    command = [program, "run", "--config", str(folder / "conf"), "--adapter", "caddyfile"]
    return command, text


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def proxying(name: str, folder: Path, backend: str, *, prefix: bool = False) -> Iterator[Proxy]:
    """Run a proxy in front of `host:port` or `unix:/path`."""
    folder.mkdir()
    certificate, _ = make_certificate(folder)
    port = free_port()
    command, text = PROXIES[name](folder, port, backend, prefix=prefix)
    (folder / "conf").write_text(text)
    env = {"HOME": str(folder), "PATH": os.environ["PATH"], "XDG_DATA_HOME": str(folder)}
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out)
    try:
        wait_for(port, process, folder / "out")
        yield Proxy(port, certificate)
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(port: int, process: subprocess.Popen[bytes], out: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the proxy did not start:\n{out.read_text()}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
