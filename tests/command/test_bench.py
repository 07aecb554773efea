"""The measurements are one command away, and say plainly what they lack."""

from __future__ import annotations

import pytest

from landbridge.command import bench
from landbridge.command.line import main

pytestmark = pytest.mark.once


def test_without_a_subject_all_are_listed(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["bench"])
    assert ended.value.code == 0
    assert "match" in capsys.readouterr().out


@pytest.mark.parametrize("subject", ["importing", "match", "scale"])
def test_without_data_a_measurement_says_what_it_wants(subject, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LANDBRIDGE_BENCH_DATA", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["bench", subject])
    assert ended.value.code == 0
    assert "LANDBRIDGE_BENCH_DATA" in capsys.readouterr().out


def test_without_a_checkout_there_is_nothing_to_measure(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["bench", "match"]) == 1
    assert "measure from a checkout" in capsys.readouterr().err
    assert bench.EXAMPLES
