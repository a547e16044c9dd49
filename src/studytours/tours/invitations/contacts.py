"""At which address an organisation is asked about a kind of work on this ground."""


def contact_for(organisation, work, ground):
    """The contact that fits best: for this work here, this work, this place; None for the usual
    address.

    A contact for everything stands in only where the organisation has no address of its own.
    """
    fitting = [
        contact
        for contact in organisation.contacts.all()
        if contact.work in ("", work) and ground.has(contact.place)
    ]
    best = max(fitting, key=lambda one: (bool(one.work), bool(one.place)), default=None)
    if best and (best.work or best.place or not organisation.email):
        return best
    return None
