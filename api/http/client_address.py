"""Addresses of clients: as text, as a group that shares limits, and whether a network contains them."""

from collections.abc import Collection
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

MAX_TEXT_LENGTH = 64
_IPV6_PREFIX = 64
"""Bits of an IPv6 address that a customer of a provider cannot choose; one customer has all addresses below them."""


def plain_address(host: str) -> str:
    """Return an IPv4 address as such if a socket for both versions wrote it as IPv6.

    >>> plain_address("::ffff:192.0.2.1"), plain_address("192.0.2.1")
    ('192.0.2.1', '192.0.2.1')
    """
    return host.removeprefix("::ffff:") if "." in host else host


@lru_cache(maxsize=1024)
def address_group(host: str) -> str:
    """Return the key of the clients that share a limit with `host`: an IPv4 address, or the /64 of an IPv6 address.

    A text that is no address, as proxies may send, is its own key.

    >>> address_group("192.0.2.1"), address_group("2001:db8:1:2:3::4"), address_group("unknown")
    ('192.0.2.1', '2001:db8:1:2::/64', 'unknown')
    """
    try:
        address = ip_address(plain_address(host).partition("%")[0])
    except ValueError:
        return host[:MAX_TEXT_LENGTH]
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _IPV6_PREFIX), strict=False))
    return str(address)


def is_within(host: str, networks: Collection[IPv4Network | IPv6Network]) -> bool:
    """True if one of `networks` contains the address; False for a text that is no address."""
    if not networks:
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)
