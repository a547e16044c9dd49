"""Where a request comes from, for every limit that counts by address."""

import ipaddress

from django.conf import settings


def client_address(request):
    """The caller's address. The proxies in front of us say it; nobody else is believed.

    With STUDYTOURS_PROXIES=2 the last but one of X-Forwarded-For was written by a proxy of ours;
    what stands further left may be invented. An IPv6 caller owns at least a /64 and counts as one.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and passed_on[0]:
        address = passed_on[-min(proxies, len(passed_on))]
    else:
        address = request.META.get("REMOTE_ADDR", "")
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
