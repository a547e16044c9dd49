"""A wrong value in the environment stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from studytours.config import settings as ours


def test_settings_are_loud():
    with pytest.raises(ImproperlyConfigured, match="use one of yes, no"):
        ours.env_choice("STUDYTOURS_NOT_SET", "maybe", ("yes", "no"))
