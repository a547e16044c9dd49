import pytest
from tests.streets.maps import a_map


@pytest.fixture
def street_map(db):
    return a_map()
