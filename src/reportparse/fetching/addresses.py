"""Which addresses are asked at all: http and https, and no machine that is not public."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit, urlunsplit

from reportparse.errors import FetchError

Network = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def checked(url: str) -> str:
    """The address without its fragment.

    Raises:
        FetchError: it is none that is fetched.

    >>> checked(" https://www.example.gov.cn/a b.html#top")
    'https://www.example.gov.cn/a%20b.html'

    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"is no address ({error}); mend it") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError("is neither http nor https; only these are fetched")
    if not host:
        raise FetchError("names no host; mend the address")
    if parts.username or parts.password:
        raise FetchError("holds a name or password; these are not sent, and would stand in the side file")
    return urlunsplit(parts._replace(fragment="")).replace(" ", "%20")


def joined(base: str, link: str) -> str | None:
    """The address that a link on the page `base` leads to; None where it is none that is fetched.

    >>> joined("https://a.cn/b/c.html", "../d.pdf#page=2"), joined("https://a.cn/", "javascript:void(0)")
    ('https://a.cn/d.pdf', None)
    """
    try:
        return checked(urljoin(base, link.strip()))
    except (FetchError, ValueError):
        return None


def host_of(url: str) -> str:
    """Scheme, host and port, which robots.txt and the delay go by.

    >>> host_of("https://A.gov.cn:8443/x?y")
    'https://a.gov.cn:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def resolved(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The numeric addresses of a host, all of them public ones.

    The connection must go to one of these: a name that is looked up twice may say different things.

    Raises:
        FetchError: one of them is not public.
        OSError: the name has no address.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for number in numbers:
            if not public(number):
                raise FetchError(f"leads to {number}, which is no public address; --allow-private (allow_private=True) allows it")
    return numbers


def public(number: str) -> bool:
    """Whether a numeric address belongs to the public net, also where it wraps another one.

    >>> [public(n) for n in ("8.8.8.8", "10.1.2.3", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::a00:1", "224.0.0.1")]
    [True, False, False, False, False, False]
    """
    inner = _unwrapped(ipaddress.ip_address(number.partition("%")[0]))
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _unwrapped(number: Network) -> Network:
    """The IPv4 address that an IPv6 one carries, if it does."""
    if isinstance(number, ipaddress.IPv4Address):
        return number
    if number in _TRANSLATED:
        return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
    return number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else number)
