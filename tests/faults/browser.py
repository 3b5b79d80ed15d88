"""A browser that opens links and touches everything on the page, but presses nothing.

`python -m tests.faults.browser CHROMIUM` reads addresses from its input, prints how many pages it opened.
"""

from __future__ import annotations

import sys

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
#: What link prefetchers do: fetch all that the page leads to, with the reader's cookies.
PREFETCH = """
async () => {
  const links = [...document.links].map(link => link.href).filter(url => url.startsWith(location.origin));
  const forms = [...document.forms].map(form => form.action);
  for (const url of new Set([...links, ...forms, location.href])) await fetch(url, {redirect: "manual"});
  return links.length + forms.length;
}
"""


def look(browser: Browser, link: str) -> int:
    context = browser.new_context()
    page = context.new_page()
    page.goto(link, wait_until="networkidle")
    for field in page.locator("main a, main button, main input:not([type=hidden]), main select").all():
        if field.is_visible():
            field.hover()
            field.focus()
    page.mouse.wheel(0, 2000)
    fetched = page.evaluate(PREFETCH)
    context.close()
    return fetched


def main() -> None:
    links = sys.stdin.read().split()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=sys.argv[1], args=ARGUMENTS)
        fetched = sum(look(browser, link) for link in links)
        browser.close()
    print(f"{len(links)} pages and fetched {fetched} addresses on them")


if __name__ == "__main__":
    main()
