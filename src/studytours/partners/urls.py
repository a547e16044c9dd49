"""Sign-in pages (only those of allauth that we need) and the desk's pages about partners."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import path, re_path

from . import organisation_sign_in, views

# No page to make an account, to change one's e-mail address or to connect foreign accounts.
sign_in = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/signup/", views.no_signup, name="account_signup"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/login/code/", account.request_login_code, name="account_request_login_code"),
    path(
        "account/login/code/confirm/",
        account.confirm_login_code,
        name="account_confirm_login_code",
    ),
    path("account/password/change/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "account/password/reset/done/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/2fa/", mfa.index, name="mfa_index"),
    path("account/2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "account/2fa/recovery-codes/",
        spare_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/generate/",
        spare_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/download/",
        spare_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/organisation/cancelled/",
        social.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("account/organisation/error/", social.login_error, name="socialaccount_login_error"),
    path(
        "account/oidc/<slug:provider_id>/login/",
        organisation_sign_in.login,
        name="openid_connect_login",
    ),
    path(
        "account/oidc/<slug:provider_id>/login/callback/",
        organisation_sign_in.callback,
        name="openid_connect_callback",
    ),
]

desk = [
    path("desk/partners/", views.partners, name="desk_partners"),
    path("desk/partners/usual/", views.add_usual, name="desk_partners_usual"),
    path("desk/partners/new/", views.new_organisation, name="desk_organisation_new"),
    path("desk/partners/people/new/", views.new_person, name="desk_person_new"),
    path("desk/partners/people/<int:pk>/", views.person, name="desk_person"),
    path("desk/partners/people/<int:pk>/welcome/", views.welcome, name="desk_person_welcome"),
    path(
        "desk/partners/people/<int:pk>/second-step/",
        views.remove_second_step,
        name="desk_person_second_step",
    ),
    path(
        "desk/partners/contacts/<int:pk>/remove/", views.remove_contact, name="desk_contact_remove"
    ),
    path("desk/partners/<slug:slug>/contacts/", views.new_contact, name="desk_contact_new"),
    path("desk/partners/<slug:slug>/", views.organisation, name="desk_organisation"),
    path("desk/settings/", views.settings_page, name="desk_settings"),
]

urlpatterns = [*sign_in, *desk]
