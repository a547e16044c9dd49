"""Sign-in through the organisation's own system (OpenID Connect), where one is set up.

allauth's part for it is imported when someone comes: it takes half a second to load, and most
offices have no such system.
"""


def login(request, provider_id):
    from allauth.socialaccount.providers.openid_connect import views

    return views.login(request, provider_id)


def callback(request, provider_id):
    from allauth.socialaccount.providers.openid_connect import views

    return views.callback(request, provider_id)
