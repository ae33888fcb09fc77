"""The Bot API: any method by its name, with python-telegram-bot's connections and errors."""

import json
import ssl
from functools import cache
from typing import Any

import httpx
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

CONNECTIONS = 64
"""To Telegram at a time: 30 messages a second, each of them some hundred milliseconds under way."""
TIMEOUT = 20.0
"""Seconds until an answer is given up: long, because a message may have arrived nevertheless."""
_FILES = {"sendPhoto": "photo", "sendDocument": "document"}


class Api(Bot):
    """Calls methods of the Bot API by name, with parameters as they stand in its documentation.

    Args:
        token: of the bot.
        base_url: address that the token is appended to.
        requests: what carries calls, and what carries polls; over HTTP by default.
    """

    def __init__(
        self, token: str, base_url: str, requests: tuple[BaseRequest, BaseRequest] | None = None
    ) -> None:
        request, polling = requests or _over_http()
        files = f"{base_url.removesuffix('/bot')}/file/bot"
        super().__init__(token, base_url, files, request=request, get_updates_request=polling)

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent; Telegram hands out 20 MB at most.

        Raises:
            telegram.error.TelegramError: There is no such file, or it did not come.
        """
        file = await self.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def call(
        self,
        method: str,
        parameters: dict[str, Any],
        *,
        file: bytes | None = None,
        file_name: str = "",
        read_timeout: float = TIMEOUT,
    ) -> Any:  # noqa: ANN401 - whatever JSON Telegram answers
        """Call a method.

        Raises:
            telegram.error.TelegramError: Telegram refused it, or could not be reached.
        """
        data: dict[str, Any] = dict(parameters)
        if file is not None:
            data[_FILES[method]] = InputFile(file, file_name)
        return await self._post(method, data, read_timeout=read_timeout)

    async def _do_post(self, *given: Any, **options: Any) -> Any:  # noqa: ANN401 - as the library's
        """Post a request; what is none of Telegram's answers, or cut, has failed, as a 502 has.

        A proxy in between may say 200 and ``{}``: taken for an error of the bot itself, it would
        end the polling, and cost the answer that was to be sent. Its page with a 403 does not say
        that a person has blocked the bot, nor half of a 400 what Telegram refused.
        """
        try:
            return await super()._do_post(*given, **options)
        except TelegramError as error:
            if isinstance(error.__cause__, TelegramError):  # of reading it
                kind = type(error).__name__
                raise NetworkError(f"The answer cannot be read: {kind}") from None
            raise
        except (LookupError, TypeError, AttributeError) as error:
            raise NetworkError("The answer is none of Telegram's") from error


def _over_http() -> tuple[BaseRequest, BaseRequest]:
    """Connections for calls, and one for polls."""
    trusting = {"verify": _authorities()}
    calls = HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=TIMEOUT,
        write_timeout=TIMEOUT,
        httpx_kwargs=trusting,
    )
    return calls, HTTPXRequest(connection_pool_size=1, read_timeout=TIMEOUT, httpx_kwargs=trusting)


@cache
def _authorities() -> ssl.SSLContext:
    """Who is trusted to vouch for Telegram: a long list, so all connections share it."""
    return httpx.create_ssl_context()


def is_file_method(method: str) -> bool:
    """Whether a method sends a file."""
    return method in _FILES


def compact(parameters: dict[str, Any]) -> str:
    """Parameters as JSON, the way they are counted and compared."""
    return json.dumps(parameters, ensure_ascii=False, sort_keys=True)
