"""Visits of a browser to a server."""

from __future__ import annotations

from typing import Any

from pages import SIZES

from servers import Server


class Visit:
    """A page of a server, and all that it and those it opens said and asked for."""

    def __init__(
        self,
        browser: Any,
        server: Server,
        size: tuple[int, int] = SIZES[0],
        scheme: str = "light",
        has_yasgui: bool = False,
    ) -> None:
        self.server = server
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", lambda message: self.messages.append(message.text))
        self.context.on("weberror", lambda error: self.messages.append(str(error.error)))
        if not has_yasgui:  # it may have been built in or not
            self.context.route("**/web/**", lambda route: route.fulfill(body=""))
        self.page = self.context.new_page()

    def open(self, path: str) -> Any:
        self.page.goto(self.server.url + path)
        return self.page

    def ask(self, query: str) -> Any:
        """Runs a query as somebody does who types it."""
        page = self.open("/")
        page.fill("#query", query)
        page.press("#query", "Control+Enter")
        page.wait_for_selector("#results > *")
        return page

    def is_quiet(self) -> bool:
        """Whether nothing was said, and nobody else was asked for anything."""
        elsewhere = [url for url in self.requests if not url.startswith((self.server.url, "data:", "blob:"))]
        return not elsewhere and not self.messages
