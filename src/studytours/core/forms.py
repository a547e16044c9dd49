"""What views need around a form."""

import hashlib
import uuid


def form_key(request):
    """A key for `operations.once`: this copy of the form with exactly what it now says.

    Posted twice it is the same; after going back and changing a word it is another form, so the
    change is not taken for a repeat and lost.
    """
    said = [(k, v) for k, values in request.POST.lists() for v in values if "csrf" not in k]
    files = [(k, f.name, f.size) for k, each in request.FILES.lists() for f in each]
    digest = hashlib.sha256(repr((sorted(said), sorted(files), request.path)).encode())
    try:
        return uuid.uuid5(uuid.UUID(request.POST.get("form_key", "")), digest.hexdigest())
    except ValueError:
        return None
