"""Somebody at a browser. What the browser complains about on the way fails the journey."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from portal.models import User

from .cast import PASSWORD

#: Wagtail's admin is not ours to keep quiet.
NOT_OURS = "/cms/"


@dataclass
class Reader:
    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"{self.page.url}: {fault}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and NOT_OURS not in self.page.url:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, person: User) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_label("E-mail").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url("/exchange/")

    def is_signed_in(self, person: User) -> None:
        """Without the form, where the form is not what is looked at."""
        client = Client()
        client.force_login(person)
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        }
        self.page.context.add_cookies([cookie | {"url": settings.BASE_URL}])

    def open_mail(self, to: User, subject: str) -> Locator:
        """The newest mail of this subject, read in the mailbox; it may take a moment to arrive."""
        self.page.goto(f"/mailbox/?to={to.email}")
        mail = self.page.get_by_role("link", name=subject).first
        for _try in range(40):
            if mail.count():
                break
            self.page.wait_for_timeout(500)
            self.page.reload()
        mail.click()
        return self.page.frame_locator("iframe").get_by_role("link").first

    def fits(self) -> None:
        """Nothing is scrolled sideways."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], f"{self.page.url} is {wide} pixels wide"

    def sees(self, text: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(text)
