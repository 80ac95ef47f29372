"""A server for the browser tests: the app on a folder, on a free port, which says why it died if it did."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@contextmanager
def app(log: Path, folder: Path | None = None) -> Iterator[str]:
    """Run `python -m mapapp serve` and give its address."""
    port = free_port()
    command = [sys.executable, "-m", "mapapp", "serve", *([str(folder)] if folder else [])]
    settings = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_up(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(server: subprocess.Popen, port: int, log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"The server ended with {server.wait(timeout=0.1)}:\n{log.read_text()}")
        with suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
            return
    raise AssertionError(f"The server did not answer within {START_SECONDS} s:\n{log.read_text()}")
