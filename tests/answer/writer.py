"""A server on this machine that plays the writer's model."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self, reply: Reply) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.reply = reply
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                server.asked.append(json.loads(self.rfile.read(length)))
                server.keys.append(self.headers["Authorization"])
                server.reply(self)

            def log_message(self, format: str, *args: object) -> None:
                """Tests are silent."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    @property
    def told(self) -> tuple[str, str]:
        """The rules and the material of the last request."""
        rules, material = self.asked[-1]["messages"]
        return rules["content"], material["content"]


def sending(body: bytes, status: int = 200, pause: float = 0.0) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if status == 302:
            handler.send_header("Location", "http://127.0.0.1:9/")
        handler.end_headers()
        try:
            for place in range(0, len(body), max(1, len(body) // 10)):
                time.sleep(pause)
                handler.wfile.write(body[place : place + max(1, len(body) // 10)])
        except OSError:
            pass  # whoever asked went away

    return reply


def saying(text: object, **how: float) -> Reply:
    body = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
    return sending(body, pause=how.get("pause", 0.0))


@contextmanager
def serving(reply: Reply) -> Iterator[Server]:
    """A writer that replies like this until it is told otherwise."""
    server = Server(reply)
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()
        thread.join()
