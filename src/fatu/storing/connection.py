"""Requests to one SPARQL server: login, time limits, redirects, and every failure as one line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ..errors import FatuError, QueryError, StoreError, UsageError, how_to_get

if TYPE_CHECKING:
    import httpx

_CONNECT, _READ = 10.0, 600.0
"""Seconds to wait for a connection, and for any part of an answer."""
_REDIRECTS = 3
_MARKUP = re.compile(r"<(style|title|script)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_LOCAL = ("localhost", "127.0.0.1", "::1")
_SCHEMES = ("basic", "digest")
_READ_ONLY = "this server only reads"
"""What a server of fatu says to updates that it does not take."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    method: str
    url: str
    form: Mapping[str, str] = field(default_factory=dict)
    """The body of a POST; where there is a body of N-Triples, part of the URL."""
    lines: bytes | None = None
    """N-Triples."""
    accept: str = "*/*"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By names in small letters."""
    body: bytes


class Connection:
    """A server by its URL. User and password are FATU_STORE_USER and FATU_STORE_PASSWORD; they go to this server alone,
    by the scheme that it asks for or that FATU_STORE_AUTH (basic, digest) says; a server of fatu asks for FATU_TOKEN
    instead."""

    def __init__(self, url: str) -> None:
        """Raises StoreError for what is no URL or holds a login, UsageError where httpx is not installed or
        FATU_STORE_AUTH names no scheme."""
        _check_url(url)
        try:
            import httpx
        except ImportError as error:
            raise UsageError("--store", "httpx is not installed", how_to_get("stores")) from error
        self._httpx = httpx
        self._user = os.environ.get("FATU_STORE_USER", "")
        self._password = os.environ.get("FATU_STORE_PASSWORD", "")
        self._token = os.environ.get("FATU_TOKEN", "")
        scheme = os.environ.get("FATU_STORE_AUTH", "").lower()
        if scheme not in ("", *_SCHEMES):
            raise UsageError("FATU_STORE_AUTH", f"{scheme!r} is no scheme", "set it to basic or digest")
        self._wanted = scheme
        self._auth = self._login(scheme) if scheme and self._user else None
        self._client = httpx.Client(
            timeout=httpx.Timeout(_READ, connect=_CONNECT), trust_env=urlsplit(url).hostname not in _LOCAL
        )

    def send(self, request: Request) -> Reply:
        """A request's answer, of whatever status; redirects on the same host are followed.

        Raises StoreError where the server cannot be reached, does not answer in time or sends on to another.
        """
        url = request.url
        for _ in range(_REDIRECTS):
            response = self._send(request, url)
            onward = response.next_request
            if onward is None:
                return Reply(response.status_code, response.headers, response.content)
            ours, theirs = response.request.url, onward.url
            is_safer = (ours.scheme, theirs.scheme) == ("http", "https")
            if ours.host != theirs.host or not (is_safer or ours.netloc == theirs.netloc):
                problem = f"sends on to another server, {theirs.scheme}://{theirs.netloc.decode()}"
                raise StoreError(request.url, problem, "give that URL, if you trust it")
            url = str(theirs)
        raise StoreError(request.url, "redirects again and again", "check the URL")

    def demand(self, request: Request) -> Reply:
        """As `send`, but raises the error that a reply of another status than 2xx tells: QueryError where the server
        calls the request faulty, else StoreError."""
        reply = self.send(request)
        if not 200 <= reply.status < 300:
            raise self.refusal(request.url, reply)
        return reply

    def refusal(self, url: str, reply: Reply) -> FatuError:
        """A reply that says no, as an error."""
        said = " ".join(_MARKUP.sub(" ", reply.body[:5000].decode("utf-8", "replace")).split())
        for secret in filter(None, (self._password, self._token)):
            said = said.replace(secret, "…")
        if reply.headers.get("www-authenticate", "").lower().startswith("bearer"):
            problem = "refuses the token" if self._token else "asks for a token"
            return StoreError(url, problem, "set FATU_TOKEN as where it was started: fatu serve --writable")
        if reply.status == 403 and _READ_ONLY in said:
            return StoreError(url, "only reads", "start it with FATU_TOKEN=… fatu serve --writable")
        if reply.status in (401, 403):
            remedy = "FATU_STORE_USER and FATU_STORE_PASSWORD"
            if self._user:
                return StoreError(url, "refuses the login", f"check {remedy}")
            return StoreError(url, "asks for a login", f"set {remedy}")
        if reply.status == 400:
            return QueryError(
                "query", f"the server says: {said[:240] or 'bad request'}", "write it in another way"
            )
        problem = f"answered {reply.status}" + (f": {said[:160]}" if said else "")
        remedy = "see the server's log"
        if reply.status in (404, 405):
            remedy = "check the URL"
        elif reply.status == 413:
            remedy = "load fewer graphs at once"
        return StoreError(url, problem, remedy)

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _send(self, request: Request, url: str) -> httpx.Response:
        httpx = self._httpx
        where = url.partition("?")[0]
        try:
            made = self._make(request, url)
            response = self._client.send(made, auth=self._auth)
            offered = response.headers.get("www-authenticate", "").partition(" ")[0].lower()
            is_login = offered in _SCHEMES and self._user
            is_asked = is_login or (offered == "bearer" and self._token)
            if response.status_code == 401 and self._auth is None and is_asked:
                self._auth = self._login(offered)
                response = self._client.send(self._make(request, url), auth=self._auth)
        except httpx.TimeoutException as error:
            raise StoreError(where, "did not answer in time", "ask for less, or try again") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise StoreError(
                where, f"cannot be reached: {reason}", "check the URL, or start the server"
            ) from error
        return response

    def _make(self, request: Request, url: str) -> httpx.Request:
        headers = {"Accept": request.accept}
        if request.lines is not None:
            headers["Content-Type"] = "application/n-triples"
            parameters = request.form or None
            return self._client.build_request(
                request.method, url, params=parameters, content=request.lines, headers=headers
            )
        if request.method == "POST":
            return self._client.build_request("POST", url, data=dict(request.form), headers=headers)
        return self._client.build_request(request.method, url, params=request.form or None, headers=headers)

    def _login(self, scheme: str) -> httpx.Auth | Callable[[httpx.Request], httpx.Request]:
        if scheme == "bearer":
            return self._sign
        kind = self._httpx.DigestAuth if scheme == "digest" else self._httpx.BasicAuth
        return kind(self._user, self._password)

    def _sign(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _check_url(url: str) -> None:
    """Raises StoreError for what is no URL, and for one with a login, which would stand in messages and in the
    shell's history."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise StoreError("--store", f"no URL: {error}", "give http://host:port/…") from error
    if "@" in parts.netloc:
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        remedy = "set FATU_STORE_USER and FATU_STORE_PASSWORD instead"
        raise StoreError(bare, "has a login in its URL", remedy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(url, "is not a URL of http or https", "give http://host:port/…")
