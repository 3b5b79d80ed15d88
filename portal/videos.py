"""From where a page may show a video: a link to its page there, by a short list of hosts."""

from __future__ import annotations

from urllib.parse import urlsplit

PROVIDERS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "vk.com": "VK Video",
    "vkvideo.ru": "VK Video",
    "rutube.ru": "Rutube",
}


def provider_of(url: str) -> str:
    """Its name; "" for an address elsewhere, or one that does not begin with https://."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    plain = parts.scheme == "https" and "@" not in parts.netloc and parts.path.strip("/")
    return PROVIDERS.get(host, "") if plain else ""
