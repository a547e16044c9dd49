"""The API's documentation page, with files of our own address only."""

import json

from django.shortcuts import render
from ninja.openapi.docs import Swagger


class ApiDocs(Swagger):
    def render_page(self, request, api, **kwargs):
        settings = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        context = {"api": api, "settings": json.dumps(settings)}
        return render(request, "fieldwork/api_docs.html", context)
