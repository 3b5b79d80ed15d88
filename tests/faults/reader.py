"""Somebody with a browser's cookies and no browser: quick enough for two hundred at once."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

#: Any will do that is the same in the cookie and in the header; what is tested here is not the forgery.
TOKEN = "f" * 32
#: Seconds until an answer must be there, when two hundred wait.
PATIENCE = 120


class Reader:
    def __init__(self, address: str, **cookies: str) -> None:
        self.place = urlsplit(address)
        self.cookies = {"csrftoken": TOKEN, **cookies}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text; 0 and the fault if no answer came."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(form) if form is not None else None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        line = HTTPConnection(self.place.hostname, self.place.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as fault:
            return 0, repr(fault)
        finally:
            line.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self._keep(header)
        return answer.status, text

    def get(self, path: str) -> int:
        return self.ask("GET", path)[0]

    def post(self, path: str, **form: str) -> int:
        return self.ask("POST", path, form)[0]

    def _keep(self, header: str) -> None:
        if found := re.match(r"(sessionid)=([^;]*)", header):
            self.cookies[found[1]] = found[2]
