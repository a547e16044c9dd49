"""Who gets what from every address: one line for each, in the order of the roles.

The test fails on an address that is missing here and on a line whose address is gone. To add one,
copy the address as the test prints it and choose a policy (or write one outcome for each role).

Outcomes: ok (200; for `post` also sent on or refused for reasons of its own) · go (sent on to
another page) · in (to the sign-in page) · setup (to set up the second step) · a status.
"""

from dataclasses import dataclass, field

# someone not signed in · a partner whose organisation owns the action · a partner of another ·
# the leader of this tour · of another tour · analyst · coordinator · coordinator without the
# second step where it is required
ROLES = (
    "nobody", "partner", "other_partner", "leader", "other_leader", "analyst", "coordinator",
    "unproven",
)  # fmt: skip


def policy(outcomes):
    return dict(zip(ROLES, outcomes.split(), strict=True))


EVERYONE = policy("     ok  ok  ok  ok  ok  ok  ok  ok")  # even staff without a second step
PUBLIC = policy("       ok  ok  ok  ok  ok  ok  ok  setup")
SIGNED_IN = policy("    in  ok  ok  ok  ok  ok  ok  setup")
OWN_SIGN_IN = policy("  in  ok  ok  ok  ok  ok  ok  ok")
ASKED_AGAIN = policy("  in  go  go  go  go  go  go  go")  # who it is, or sent elsewhere
STRANGERS = policy("    ok  go  go  go  go  go  go  go")  # pages that lead the signed-in on
COORDINATORS = policy(" in  403 403 403 403 403 ok  setup")
DESK = policy("         in  403 403 403 403 ok  ok  setup")
LEADERS = policy("      in  403 403 ok  ok  403 ok  setup")  # not about one tour
STAFF = policy("        in  403 403 ok  ok  ok  ok  setup")
SEE_TOUR = policy("     in  403 403 ok  404 ok  ok  setup")  # this tour
LEAD_TOUR = policy("    in  403 403 ok  404 403 ok  setup")
NOT_THERE = policy("    404 404 404 404 404 404 404 setup")
NEEDS_TOKEN = policy("  401 401 401 401 401 401 401 401")  # the phone's own token, no session


@dataclass(frozen=True)
class Page:
    """An address: who gets what, by which method, with which arguments of the world."""

    who: dict
    method: str = "get"
    args: dict = field(default_factory=dict)  # argument → name in the world, else its own name
    query: str = ""


def see(who, query="", **args):
    return Page(who, "get", args, query)


def post(who, **args):
    """Only takes a form; a visit by whoever may is answered 405."""
    return Page(who, "post", args)


def put(who, **args):
    return Page(who, "put", args)


TOUR = "desk/tours/<slug:slug>/"

MATRIX = {
    # core
    "healthz": see(EVERYONE),
    # sign-in
    "account/login/": see(STRANGERS),
    "account/logout/": see(policy("go ok ok ok ok ok ok ok")),
    "account/inactive/": see(EVERYONE),
    "account/signup/": see(EVERYONE),
    "account/reauthenticate/": see(OWN_SIGN_IN),
    "account/login/code/": see(STRANGERS),
    "account/login/code/confirm/": see(ASKED_AGAIN),
    "account/password/change/": see(OWN_SIGN_IN),
    "account/password/set/": see(ASKED_AGAIN),
    "account/password/reset/": see(EVERYONE),
    "account/password/reset/done/": see(EVERYONE),
    r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": see(EVERYONE),
    "account/password/reset/key/done/": see(EVERYONE),
    "account/2fa/": see(OWN_SIGN_IN),
    "account/2fa/authenticate/": see(ASKED_AGAIN),
    "account/2fa/reauthenticate/": see(ASKED_AGAIN),
    "account/2fa/totp/activate/": see(ASKED_AGAIN),
    "account/2fa/totp/deactivate/": see(policy("in 404 404 404 404 404 404 404")),
    "account/2fa/recovery-codes/": see(policy("in 404 404 404 404 404 404 404")),
    "account/2fa/recovery-codes/generate/": see(ASKED_AGAIN),
    "account/2fa/recovery-codes/download/": see(policy("in 404 404 404 404 404 404 404")),
    "account/organisation/cancelled/": see(EVERYONE),
    "account/organisation/error/": see(policy("401 401 401 401 401 401 401 401")),
    "account/oidc/<slug:provider_id>/login/": see(policy("404 404 404 404 404 404 404 404")),
    "account/oidc/<slug:provider_id>/login/callback/": see(
        policy("404 404 404 404 404 404 404 404")
    ),
    # partners
    "desk/partners/": see(COORDINATORS),
    "desk/partners/usual/": post(COORDINATORS),
    "desk/partners/new/": see(COORDINATORS),
    "desk/partners/people/new/": see(COORDINATORS),
    "desk/partners/people/<int:pk>/": see(COORDINATORS, pk="person"),
    "desk/partners/people/<int:pk>/welcome/": post(COORDINATORS, pk="person"),
    "desk/partners/people/<int:pk>/second-step/": post(COORDINATORS, pk="person"),
    "desk/partners/contacts/<int:pk>/remove/": post(COORDINATORS, pk="contact"),
    "desk/partners/<slug:slug>/contacts/": post(COORDINATORS, slug="organisation"),
    "desk/partners/<slug:slug>/": see(COORDINATORS, slug="organisation"),
    "desk/settings/": see(COORDINATORS),
    # streets
    "streets/base-maps.json": see(PUBLIC),
    "streets/<int:pk>.pmtiles": see(PUBLIC, pk="street_map"),
    "streets/<str:where>.geojson": see(PUBLIC),
    # crime
    "desk/crime/": see(DESK),
    "desk/crime/upload/": post(COORDINATORS),
    "desk/crime/download/": post(COORDINATORS),
    "desk/crime/imports/<int:pk>/": see(DESK, pk="crime_import"),
    # areas
    "desk/choose/": see(DESK),
    "desk/choose/points.geojson": see(DESK),
    "desk/choose/boundaries.geojson": see(DESK),
    "desk/choose/suggestions.geojson": see(DESK),
    "desk/choose/streets/": see(DESK),
    "desk/choose/streets/spots.json": see(DESK),
    "desk/choose/streets/squares.geojson": see(DESK),
    "desk/choose/check/": see(DESK),
    "desk/choose/queue/": see(DESK),
    "desk/choose/queue/weights/": post(COORDINATORS),
    "desk/choose/queue/wait/": see(COORDINATORS, "place=area:harbourside"),
    "desk/choose/queue/wait/<int:pk>/end/": post(COORDINATORS, pk="hold"),
    "desk/choose/queue/decide/": see(COORDINATORS, "place=area:harbourside"),
    "desk/choose/decisions/": see(DESK),
    "desk/choose/decisions/<int:pk>/": see(DESK, pk="decision"),
    "desk/choose/decisions/<int:pk>/withdraw/": post(COORDINATORS, pk="decision"),
    "desk/choose/requests/": see(COORDINATORS),
    "desk/choose/requests/<int:pk>/hide/": post(COORDINATORS, pk="walk_request"),
    "desk/choose/requests/<int:pk>/show/": post(COORDINATORS, pk="walk_request"),
    "desk/choose/requests/<int:pk>/answer/": post(COORDINATORS, pk="walk_request"),
    "desk/areas/": see(DESK),
    "desk/areas/new/": see(COORDINATORS),
    "desk/areas/data/": see(DESK),
    "desk/areas/data/upload/": post(COORDINATORS),
    "desk/areas/data/<int:pk>/": see(DESK, pk="data_import"),
    "desk/areas/<slug:slug>/": see(DESK, slug="area"),
    "desk/areas/<slug:slug>/change/": see(COORDINATORS, slug="area"),
    "desk/areas/<slug:slug>/points.geojson": see(DESK, slug="area"),
    # measures
    "measures/<str:ref>/": see(PUBLIC, ref="measure"),
    "desk/measures/": see(DESK),
    "desk/measures/new/": see(COORDINATORS),
    "desk/measures/import/": see(COORDINATORS),
    "desk/measures/template.csv": see(COORDINATORS),
    "desk/measures/queensway.csv": see(COORDINATORS),
    "desk/measures/<str:ref>/": see(DESK, ref="measure"),
    "desk/measures/<str:ref>/change/": see(COORDINATORS, ref="measure"),
    "desk/measures/<str:ref>/check/": see(COORDINATORS, ref="measure"),
    "desk/measures/<str:ref>/remove/": see(COORDINATORS, ref="measure"),
    "desk/measures/<str:ref>/restore/": post(COORDINATORS, ref="measure"),
    # tours
    "feeds/tours.ics": see(PUBLIC),
    "tours/reply/<str:token>/": see(PUBLIC, token="invitation"),
    "tours/reply/<str:token>/calendar.ics": see(PUBLIC, token="invitation"),
    "tours/<slug:slug>/calendar.ics": see(PUBLIC),
    "tours/<slug:slug>/come/": see(PUBLIC, slug="coming"),
    "desk/tours/": see(STAFF),
    "desk/tours/new/": see(COORDINATORS, "area=harbourside"),
    TOUR: see(SEE_TOUR),
    TOUR + "plan/": see(COORDINATORS),
    TOUR + "cancel/": see(COORDINATORS),
    TOUR + "reopen/": post(COORDINATORS),
    TOUR + "stops/": see(SEE_TOUR),
    TOUR + "stops/suggested/": post(LEAD_TOUR),
    TOUR + "stops/<int:pk>/": see(LEAD_TOUR, pk="stop"),
    TOUR + "stops/<int:pk>/move/": post(LEAD_TOUR, pk="stop"),
    TOUR + "stops/<int:pk>/remove/": post(LEAD_TOUR, pk="stop"),
    TOUR + "stops/<int:pk>/lock/": post(LEAD_TOUR, pk="stop"),
    TOUR + "stops/<int:pk>/place/": post(LEAD_TOUR, pk="stop"),
    TOUR + "route/": see(SEE_TOUR),
    TOUR + "route/proof.json": see(SEE_TOUR),
    TOUR + "route/use/": post(LEAD_TOUR),
    TOUR + "route/drop/": post(LEAD_TOUR),
    TOUR + "route.gpx": see(SEE_TOUR),
    TOUR + "route.geojson": see(SEE_TOUR),
    TOUR + "invitations/": see(SEE_TOUR),
    TOUR + "invitations/add/": post(COORDINATORS),
    TOUR + "invitations/ask/": post(COORDINATORS),
    TOUR + "invitations/guest/": post(COORDINATORS),
    TOUR + "invitations/places/": post(COORDINATORS),
    TOUR + "invitations/send/": post(COORDINATORS),
    TOUR + "invitations/<int:pk>/withdraw/": post(COORDINATORS, pk="invitation_pk"),
    TOUR + "invitations/<int:pk>/answer/": post(COORDINATORS, pk="invitation_pk"),
    TOUR + "invitations/<int:pk>/address/": post(COORDINATORS, pk="invitation_pk"),
    TOUR + "attendance/": see(LEAD_TOUR),
    TOUR + "letters/": see(COORDINATORS),
    TOUR + "poster/": see(SEE_TOUR),
    TOUR + "poster/code/": post(LEAD_TOUR),
    TOUR + "qr.svg": see(SEE_TOUR),
    TOUR + "walk/": see(SEE_TOUR),
    TOUR + "walk/open/": post(LEAD_TOUR),
    TOUR + "walk/close/": post(LEAD_TOUR),
    TOUR + "report/": see(COORDINATORS),
    TOUR + "again/": see(COORDINATORS),
    TOUR + "before/": see(SEE_TOUR),
    TOUR + "before/words/": see(LEAD_TOUR),
    TOUR + "risks/": see(SEE_TOUR),
    TOUR + "risks/<int:version>/": see(SEE_TOUR, version="assessment"),
    TOUR + "pack/": see(SEE_TOUR),
    TOUR + "pack.pdf": see(SEE_TOUR, "part=cover"),
    "desk/settings/walks/": see(COORDINATORS),
    # fieldwork: the phone's contract
    "api/openapi.json": see(PUBLIC),
    "api/docs": see(PUBLIC),
    "api/": see(NOT_THERE),
    "api/field/join": post(EVERYONE),
    "api/field/pack": see(NEEDS_TOKEN),
    "api/field/observations/<uuid>": put(NEEDS_TOKEN, uuid="observation"),
    "api/field/photos/<uuid>": put(NEEDS_TOKEN, uuid="photo"),
    "api/field/receipts": see(NEEDS_TOKEN),
    "api/field/findings": see(NEEDS_TOKEN),
    # fieldwork: phone and desk
    "w/": see(EVERYONE),
    "w/<str:code>": see(EVERYONE),
    "walk/": see(EVERYONE),
    "walk/worker.js": see(EVERYONE),
    "photos/<uuid:uuid>.jpg": see(NOT_THERE, uuid="photo"),  # not published
    "desk/photos/<uuid:uuid>.jpg": see(SEE_TOUR, uuid="photo"),
    "desk/photos/<uuid:uuid>/": see(LEAD_TOUR, uuid="photo"),
    "desk/photos/<uuid:uuid>/unpublish": post(LEAD_TOUR, uuid="photo"),
    TOUR + "findings/": see(SEE_TOUR),
    TOUR + "paper/": see(LEAD_TOUR),
    TOUR + "phones/": see(LEAD_TOUR),
    TOUR + "phones/file/": see(LEAD_TOUR),
    TOUR + "phones/<int:pk>/nudge": post(LEAD_TOUR, pk="device"),
    TOUR + "phones/<int:pk>/withdraw": post(LEAD_TOUR, pk="device"),
    TOUR + "answers/": see(SEE_TOUR),
    TOUR + "shops/": see(LEAD_TOUR),
    TOUR + "notes/": see(COORDINATORS),
    "desk/observations/<uuid:uuid>/summary": post(COORDINATORS, uuid="observation"),
    "desk/voices/<uuid:uuid>": see(LEAD_TOUR, uuid="voice"),
    "desk/observations/<uuid:uuid>/take-in": post(LEAD_TOUR, uuid="observation"),
    "desk/settings/categories/": see(COORDINATORS),
    "desk/settings/categories/<str:code>/": see(COORDINATORS, code="category"),
    # actions
    "desk/": see(policy("in go go ok ok ok ok setup")),
    "desk/mail/<int:pk>/again/": post(COORDINATORS, pk="message"),
    "desk/actions/": see(DESK),
    "desk/actions/new/": see(COORDINATORS),
    "desk/actions/<str:ref>/": see(DESK, ref="action"),
    "desk/remits/": see(COORDINATORS),
    "desk/remits/guess/": post(COORDINATORS),
    "desk/remits/<int:pk>/remove/": post(COORDINATORS, pk="remit"),
    TOUR + "debrief/": see(LEAD_TOUR),
    TOUR + "debrief/together/": see(policy("in 403 403 go 404 403 go setup")),  # nothing ticked
    TOUR + "debrief/read-back/": see(LEAD_TOUR),
    "evidence/<int:pk>.jpg": see(
        policy("404 ok 404 ok 404 ok ok setup"), pk="evidence"
    ),  # not published
    "mine/": see(SIGNED_IN),
    "mine/actions/<str:ref>/": see(policy("in ok 404 404 404 404 404 setup"), ref="action"),
    "mine/actions/<str:ref>/photo/<uuid:uuid>/": see(
        policy("in 404 404 404 404 404 404 setup"), ref="action", uuid="photo"
    ),  # the photo of another finding than the action's
    "mine/<str:token>/": see(PUBLIC, token="link"),
    "mine/<str:token>/photo/<uuid:uuid>/": see(NOT_THERE, token="link", uuid="photo"),
    "mine/<str:token>/evidence/<int:pk>/": see(PUBLIC, token="link", pk="evidence"),
    # reportback
    "": see(PUBLIC),
    "areas/": see(PUBLIC),
    "areas/next/": see(PUBLIC),
    "areas/ask/": see(PUBLIC),
    "areas/<slug:slug>/": see(PUBLIC, slug="area"),
    "areas/<slug:slug>/outline.geojson": see(PUBLIC, slug="area"),
    "tours/": see(PUBLIC),
    "tours/<slug:slug>/": see(PUBLIC),
    "tours/<slug:slug>/route.geojson": see(PUBLIC),
    "tours/<slug:slug>/feel/": see(PUBLIC),
    "tours/<slug:slug>/tell/": see(PUBLIC),
    "actions/": see(PUBLIC),
    "actions/<str:ref>/": see(PUBLIC, ref="action"),
    "privacy/": see(PUBLIC),
    "accessibility/": see(PUBLIC),
}
