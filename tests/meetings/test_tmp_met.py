import pytest
from landbridge.foundation import clock
from tests.architecture.world import make_world, fill
from tests.architecture import test_lists
@pytest.mark.django_db
def test_world(settings):
    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    test_lists.LISTS = {"desk:home": "danish_sme"}
    test_lists.INSIDE = {k: v for k, v in test_lists.INSIDE.items() if k.startswith("meetings:")}
    world = make_world(at=clock.now())
    first = dict(world.own.things)
    few = test_lists.counts(world, world.own)
    for _ in range(2):
        fill(world.own)
    world.own.things |= first
    many = test_lists.counts(world, world.own)
    for k in few: print(k, few[k], many[k])
    assert test_lists.findings(few, many) == []
