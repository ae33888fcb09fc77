"""Headers of every response: what a browser may do with a page, which is little."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
])  # fmt: skip
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_SECURE = {"Strict-Transport-Security": "max-age=31536000"}
_DEFAULT_CACHING = "private, no-cache"


FRAMED = "/embed"
"""The one address that other sites may show in a frame."""


class Headers:
    """Adds them, and keeps pages out of shared caches where they do not say otherwise.

    Args:
        app: what is guarded.
        secure: whether visitors come by https.
        frames: sites that may show the chat in a frame.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, frames: tuple[str, ...] = ()) -> None:
        self._app = app
        self._headers = _ALWAYS | (_SECURE if secure else {})
        self._framed = _framed(self._headers, frames) if frames else self._headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", _DEFAULT_CACHING)
                held = self._framed if scope["path"] == FRAMED else self._headers
                for name, value in held.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with)


def _framed(headers: dict[str, str], frames: tuple[str, ...]) -> dict[str, str]:
    """The headers of the page that other sites may show: the old one for frames knows no list."""
    policy = POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(frames)}")
    without = {"X-Frame-Options", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"}
    kept = {name: value for name, value in headers.items() if name not in without}
    return kept | {
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
