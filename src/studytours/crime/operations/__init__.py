"""Everything that writes in this context."""

from .downloads import download_crimes, run_download
from .imports import import_crimes, run_upload
from .orders import receive_upload, request_download

__all__ = [
    "download_crimes",
    "import_crimes",
    "receive_upload",
    "request_download",
    "run_download",
    "run_upload",
]
