"""The server of a live what-if: one page on this machine alone, at an address that cannot be guessed.

Every request must come to the loopback address by its own name (against DNS rebinding), carry the random token in its
path, and, where it changes anything, come from the page itself: a JSON body, which no other page may send here.
"""

from __future__ import annotations

import hmac
import json
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from riskmc.errors import ArgumentError, RiskmcError
from riskmc.forecast.language import speaking
from riskmc.live.explorer import kept_text
from riskmc.live.pages import write_page
from riskmc.live.panel import write_panel
from riskmc.live.what_if import WhatIf

HOST = "127.0.0.1"
LARGEST = 100_000  # bytes of a request: a few hundred knobs
_TOKEN = 18  # bytes
Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Handler = Callable[[WhatIf, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Served:
    """Where a what-if is served: the socket, which listens already, and the token of the address."""

    asked: WhatIf
    listening: socket.socket
    token: str = field(default_factory=lambda: os.urandom(_TOKEN).hex())

    @property
    def port(self) -> int:
        """The port of this machine."""
        port: int = self.listening.getsockname()[1]
        return port

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def run(self) -> None:
        """Serve the page until Ctrl+C, then end in silence."""
        uvicorn = _needed("uvicorn")
        config = uvicorn.Config(
            guarded(application(self), self), log_level="warning", access_log=False, server_header=False,
            lifespan="off", timeout_graceful_shutdown=1,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[self.listening])


def serve(asked: WhatIf, port: int = 0) -> Served:
    """Return what serves a what-if at a port of this machine, any free one for 0; ``run`` then answers.

    Raises ArgumentError where the port is taken, or starlette and uvicorn are missing.
    """
    for name in ("starlette.applications", "uvicorn"):
        _needed(name)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = error.strerror if isinstance(error, OSError) else "ports are 0 to 65535"
        raise ArgumentError(f"port {port} cannot be used: {reason}; --port 0 takes a free one") from None
    listening.listen(64)
    return Served(asked, listening)


def application(served: Served) -> App:
    """Return the page and its two answers as an application of starlette, below the token."""
    routing, responses = _needed("starlette.routing"), _needed("starlette.responses")
    concurrency = _needed("starlette.concurrency")

    def page(_: Any) -> Any:
        nonce = os.urandom(_TOKEN).hex()
        with speaking(served.asked.language):
            written = write_page(served.asked, nonce)
        return responses.HTMLResponse(written, headers=_headers(nonce))

    def answering(handler: Handler) -> Callable[[Any], Awaitable[Any]]:
        async def answer(request: Any) -> Any:
            content = await _body(request)
            found = await concurrency.run_in_threadpool(_answered, handler, served.asked, content)
            return responses.JSONResponse(found, headers=_headers(""))

        return answer

    routes = [
        routing.Route(f"/{served.token}/", page, methods=["GET"]),
        routing.Route(f"/{served.token}/answer", answering(_answer), methods=["POST"]),
        routing.Route(f"/{served.token}/keep", answering(_keep), methods=["POST"]),
    ]
    app: App = _needed("starlette.applications").Starlette(routes=routes)
    return app


def guarded(app: App, served: Served) -> App:
    """Return the application behind the checks of host, token, and origin; what fails one gets 403 and no more."""
    responses = _needed("starlette.responses")

    async def guard(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not is_allowed(scope, served):
            refused = responses.PlainTextResponse("Open the address that riskmc explore printed.\n", 403)
            await refused(scope, receive, send)
            return
        await app(scope, receive, send)

    return guard


def is_allowed(scope: Scope, served: Served) -> bool:
    """Return whether a request names this host, has the token, and does not come from another page."""
    told = [(name.lower(), value) for name, value in scope["headers"]]
    hosts = [value for name, value in told if name == b"host"]
    origins = [value for name, value in told if name == b"origin"]
    here = [f"{host}:{served.port}".encode() for host in (HOST, "localhost")]
    token = scope["path"].split("/")[1] if "/" in scope["path"] else ""
    known = hmac.compare_digest(token.encode("utf-8", "replace"), served.token.encode())
    same = all(origin in [b"http://" + host for host in here] for origin in origins)
    typed = scope["method"] == "GET" or any(
        name == b"content-type" and value.split(b";")[0].strip() == b"application/json" for name, value in told
    )
    return known and len(hosts) == 1 and hosts[0] in here and same and typed


def _headers(nonce: str) -> dict[str, str]:
    own = f"script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; connect-src 'self'; "
    allowed = own if nonce else ""
    return {
        "Content-Security-Policy": f"default-src 'none'; {allowed}base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


async def _body(request: Any) -> bytes:
    """Return the body of a request, cut off where it is larger than any that the page sends."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > LARGEST:
            break
    return content


def _answered(handler: Handler, asked: WhatIf, content: bytes) -> dict[str, Any]:
    """Return what a handler makes of a request; a fault in plain words where it cannot."""
    try:
        said = json.loads(content) if len(content) <= LARGEST else None
        if not isinstance(said, dict) or not isinstance(said.get("changes"), dict):
            raise ArgumentError("a request holds `changes`, by knob")
        with speaking(asked.language):
            return handler(asked, said)
    except (RiskmcError, ValueError, RecursionError) as error:
        return {"fault": str(error)[:2000]}


def _answer(asked: WhatIf, said: dict[str, Any]) -> dict[str, Any]:
    found = asked.answer(said["changes"])
    return {"panel": write_panel(found), "lead": found.lead, "fields": asked.fields(found.question)}


def _keep(asked: WhatIf, said: dict[str, Any]) -> dict[str, str]:
    name = said["name"] if isinstance(said.get("name"), str) else ""
    asked.keep(said["changes"], name)
    return {"kept": kept_text(asked, name)}


def _needed(name: str) -> Any:
    """Return a module of the extra `explore`; ArgumentError with what to install where it is missing."""
    try:
        return import_module(name)
    except ImportError:
        package = name.split(".")[0]
        raise ArgumentError(f"riskmc explore needs {package}: pip install 'riskmc[explore]'") from None
