import pytest
from tests.spec.recording import Spec


@pytest.fixture
def spec():
    return Spec()
