"""Which addresses may be asked: checked by their text before, by what they resolve to after.

The rules are those against server-side request forgery (OWASP): https only, hosts of a list, no
credentials, and of the resolved addresses none that leads anywhere but into the public network.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

HTTPS = 443
_MAX_LENGTH = 2_000
# Two labels and more, the last one with letters: no form of a number is a host name.
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"

Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that must not be asked; the text says in German why."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A checked address; `target` is path and query, percent-encoded."""

    host: str
    port: int
    target: str

    @property
    def text(self) -> str:
        """The whole address."""
        return f"https://{self.host}:{self.port}{self.target}"

    @property
    def page(self) -> tuple[str, str]:
        """What makes it the same page: the host without `www.`, the path without a last slash."""
        path = self.target.partition("?")[0]
        return self.host.removeprefix("www."), path.rstrip("/")


def checked(url: str, hosts: Collection[str], *, port: int = HTTPS) -> WebAddress:
    """Return the parts of an address of the listed hosts; raise `Refused` for any other."""
    if len(url) > _MAX_LENGTH or _UNSAFE.search(url):
        raise Refused("die Adresse enthält unerlaubte Zeichen oder ist zu lang")
    try:
        parts = urlsplit(url)
        given = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:  # an impossible port, bracket or host
        raise Refused("die Adresse ist keine gültige Adresse") from None
    if parts.scheme != "https":
        raise Refused("nur https ist erlaubt")
    if "@" in parts.netloc:
        raise Refused("Zugangsdaten in der Adresse sind nicht erlaubt")
    if not _HOST.fullmatch(host):
        raise Refused("nur Namen von Rechnern sind erlaubt, keine Nummern")
    if host not in hosts:
        raise Refused(f"`{host}` steht nicht im Quellenkatalog")
    if given not in (None, port):
        raise Refused(f"der Anschluss {given} ist nicht erlaubt")
    query = f"?{quote(parts.query, safe=_KEPT_IN_PATH + '?')}" if parts.query else ""
    return WebAddress(host, port, quote(parts.path or "/", safe=_KEPT_IN_PATH) + query)


def joined(address: WebAddress, target: str) -> str:
    """Return where a redirect from an address leads; raise `Refused` where it leads nowhere."""
    try:
        return urljoin(address.text, target)
    except ValueError:
        raise Refused("die Adresse ist keine gültige Adresse") from None


def resolve(host: str, port: int) -> Sequence[str]:
    """Return all addresses of a host; an OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Tell whether an address leads into the public network, also when it wraps another one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(
        one.is_global
        and not (one.is_multicast or one.is_reserved or one.is_unspecified or one.is_loopback)
        and not getattr(one, "is_site_local", False)  # IPv6 only
        for one in (address, *_wrapped(address))
    )


def _wrapped(address: Address) -> list[Address]:
    """Return the IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    if address.teredo:
        found += address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
