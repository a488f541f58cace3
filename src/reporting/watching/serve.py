"""The page: ``outputs/`` on this computer's own address, in a frame that is kept up to date.

The frame is the server's alone. The files that are published are handed out as they are, under
their own content policy, and nothing is written into them.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from reporting.errors import UsageError
from reporting.system.faults import said
from reporting.watching.hub import Hub

HOST = "127.0.0.1"
_PAGE = Path(__file__).parent / "page"
_OWN = "/_watch/"
_EVENTS = f"{_OWN}events"
_FILES = {
    "frame.css": "text/css; charset=utf-8",
    "frame.js": "text/javascript; charset=utf-8",
}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PATIENCE_SECONDS = 15
_MOST_PAGES = 20


@contextmanager
def serving(folder: Path, start: str, hub: Hub, port: int) -> Iterator[str]:
    """Serve a folder until the end; gives the address.

    Parameters
    ----------
    start : str
        The page that is shown first, relative to the folder.
    port : int
        0 for any that is free.

    Raises
    ------
    UsageError
        The port is taken, or none.
    """
    handler = partial(_Handler, directory=str(folder), start=start, hub=hub)
    try:
        server = _Server((HOST, port), handler)
    except (OSError, OverflowError) as error:
        why = said(error) if isinstance(error, OSError) else "应为 0 至 65535"
        raise UsageError(f"端口 {port} 不能使用（{why}），请用 PORT=（--port）另选一个。") from None
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        hub.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    listening = 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a page that was closed while it was being sent."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, start: str, hub: Hub, **named: Any) -> None:
        self._start, self._hub = start, hub
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        if not self._is_ours():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == "/":
            page = (_PAGE / "frame.html").read_text(encoding="utf-8")
            start = html.escape("/" + quote(self._start))
            self._send(page.replace("@START@", start).encode(), "text/html; charset=utf-8")
        elif self.path == _EVENTS:
            self._send_events()
        elif self.path.removeprefix(_OWN) in _FILES:
            name = self.path.removeprefix(_OWN)
            self._send((_PAGE / name).read_bytes(), _FILES[name])
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_ours():
            super().do_HEAD()
        else:
            self.send_error(HTTPStatus.FORBIDDEN)

    def _is_ours(self) -> bool:
        """Tell whether the page was asked for by this computer's own address.

        Under another name that leads here, pages from elsewhere could read ours.
        """
        port = self.server.server_address[1]  # type: ignore[index]
        return self.headers.get("Host") in (f"{HOST}:{port}", f"localhost:{port}")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        server: Any = self.server
        if server.listening >= _MOST_PAGES:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        server.listening += 1
        self.close_connection = True
        with suppress(OSError):
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream; charset=utf-8")
            self.end_headers()
            self._send_lines()
        server.listening -= 1

    def _send_lines(self) -> None:
        seen = self.headers.get("Last-Event-ID", "")
        number = int(seen) if seen.isascii() and seen.isdigit() else 0
        # A page that is opened is up to date; one that comes back may have missed some.
        past = 0 if number else self._hub.last
        while not self._hub.is_closed:
            lines = self._hub.after(number, _PATIENCE_SECONDS)
            for number, told in lines:
                kind = "past" if number <= past else "now"
                data = told.model_dump_json()
                self.wfile.write(f"id: {number}\nevent: {kind}\ndata: {data}\n\n".encode())
            if not lines:
                self.wfile.write(b": \n\n")
            self.wfile.flush()

    def end_headers(self) -> None:
        """Have the browser keep nothing: the next save makes another file of the same name."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing of what is asked for."""
