"""Where a reader may be sent: addresses that come with a document and are not trusted."""

from urllib.parse import urlsplit


def official_link(url: str) -> str | None:
    """Return `url` if a reader may be sent there: https, with a host and no credentials."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        return None
    return parts.geturl()


def host_of(url: str) -> str:
    """Return the host a reader will land on, as it is shown beside the link."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
