"""E-mail through GOV.UK Notify, for public bodies that have it. The extra `notify`.

Notify sends what a template of the office's says. Ours has the subject `((subject))` and the
message `((text))`. It takes no calendar files; each e-mail has a link to its own instead.
"""

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class NotifyBackend(BaseEmailBackend):
    """Django's way to send e-mail, by Notify's API. One request for each recipient."""

    def send_messages(self, messages):
        client = _client()
        return sum(self._send(client, message) for message in messages)

    def _send(self, client, message):
        from notifications_python_client.errors import APIError

        for address in message.recipients():
            try:
                client.send_email_notification(
                    email_address=address,
                    template_id=settings.NOTIFY_TEMPLATE,
                    personalisation={"subject": message.subject, "text": message.body},
                )
            except APIError as error:
                raise OSError(said_by(error)) from error
        return 1


def _client():
    from notifications_python_client.notifications import NotificationsAPIClient

    return NotificationsAPIClient(
        settings.NOTIFY_KEY, base_url=settings.NOTIFY_URL, timeout=settings.EMAIL_TIMEOUT
    )


def said_by(error):
    """Notify's own words: it answers with a list of {"error", "message"}."""
    said = error.message
    if isinstance(said, list):
        said = "; ".join(str(one.get("message", one)) for one in said)
    return f"GOV.UK Notify: {error.status_code} {said}"
