"""How a message of the queue becomes an e-mail."""

import re
from email.mime.text import MIMEText

from django.core.mail import EmailMessage


def as_email(message):
    """The e-mail of a Message; its calendar entry is one that mail programs recognise."""
    email = EmailMessage(message.subject, message.text, to=[message.to])
    if message.calendar:
        email.attach(_calendar_part(message.calendar))
    return email


def _calendar_part(text):
    part = MIMEText(text, "calendar", "utf-8")
    # The mail program looks here, not inside, for whether this invites, changes or cancels.
    if method := re.search(r"^METHOD:(\w+)\s*$", text, re.MULTILINE):
        part.set_param("method", method[1])
    part.add_header("Content-Disposition", "attachment", filename="study-tour.ics")
    return part
