"""A visitor's session: one random cookie, and what is derived from it; nothing is stored of it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from storage.visitors import number_of

_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor's cookie, and whether this request made it."""

    secret: str
    is_new: bool = False

    @property
    def number(self) -> int:
        """By which the visitor is known in the database."""
        return number_of(self.secret)

    @property
    def token(self) -> str:
        """What the page's own forms carry: who cannot read the cookie cannot make it."""
        return hmac.new(self.secret.encode(), b"form", hashlib.sha256).hexdigest()[:32]

    def talk_secret(self, once: str) -> str:
        """The secret of a private page: the same for the same form of this session, sent twice.

        Args:
            once: a number that the form was shown with.
        """
        return hmac.new(self.secret.encode(), b"talk " + once.encode(), hashlib.sha256).hexdigest()[
            :32
        ]

    def owns(self, token: str) -> bool:
        """Whether a form that was sent back is one of this session's own."""
        sent = token.encode("utf-8", "replace")
        return not self.is_new and hmac.compare_digest(self.token.encode(), sent)


def cookie_name(secure: bool) -> str:
    """Name of the cookie; the prefix makes browsers refuse one that another host has set."""
    return "__Host-hyqa" if secure else "hyqa"


def read(request: Request, secure: bool) -> Session:
    """The session of a request, or a new one."""
    given = request.cookies.get(cookie_name(secure), "")
    if _SECRET.fullmatch(given):
        return Session(given)
    return Session(secrets.token_hex(16), is_new=True)


def keep(response: Response, session: Session, secure: bool) -> None:
    """Set the cookie of a new session; it ends with the browser's."""
    if session.is_new:
        response.set_cookie(
            cookie_name(secure), session.secret, path="/",
            secure=secure, httponly=True, samesite="lax",
        )  # fmt: skip


def end(response: Response, secure: bool) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax"
    )
