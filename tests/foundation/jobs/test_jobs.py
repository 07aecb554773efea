"""A job is asked for with its change, runs at least once, ends once, and is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from landbridge.foundation import clock
from landbridge.foundation.jobs import actions, worker
from landbridge.foundation.jobs.models import Job, State
from tests.foundation.jobs import errands

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    errands.done.clear()


def only_job() -> Job:
    return Job.objects.get()


def let_pass(**span: float) -> None:
    """So much time passes for every job and lease."""
    for job in Job.objects.all():
        job.run_after -= timedelta(**span)
        if job.leased_until is not None:
            job.leased_until -= timedelta(**span)
        job.save()


def test_a_job_runs_once_and_its_result_can_be_read() -> None:
    asked = errands.answer.enqueue(21)
    assert asked.status == TaskResultStatus.READY
    assert worker.run_once()
    assert not worker.run_once()
    asked.refresh()
    assert asked.status == TaskResultStatus.SUCCESSFUL
    assert asked.return_value == 42
    assert errands.answer.get_result(asked.id).attempts == 1


@pytest.mark.parametrize("result_id", ["999999", "x", "-1"])
def test_a_result_that_does_not_exist_is_named_so(result_id: str) -> None:
    with pytest.raises(TaskResultDoesNotExist):
        errands.answer.get_result(result_id)


def test_a_job_goes_with_the_change_that_asked_for_it() -> None:
    with transaction.atomic():
        errands.note.enqueue("taken back")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_urgent_jobs_come_first_then_the_order_in_which_they_were_asked_for() -> None:
    for what in ("first", "second"):
        errands.note.enqueue(what)
    errands.hurry.enqueue("urgent")
    errands.note.using(priority=-5).enqueue("last")
    assert worker.run_due() == 4
    assert errands.done == ["urgent", "first", "second", "last"]


def test_a_deferred_job_waits_for_its_time() -> None:
    errands.note.using(run_after=clock.now() + timedelta(hours=1)).enqueue("later")
    assert worker.run_due() == 0
    let_pass(hours=1)
    assert worker.run_due() == 1


def test_jobs_that_a_job_asks_for_run_as_well() -> None:
    errands.ask_for_more.enqueue(5)
    assert worker.run_due() == 5
    assert errands.done == [5, 4, 3, 2, 1]


def test_a_failing_job_rests_longer_each_time_and_ends_as_a_dead_letter() -> None:
    errands.stumble.enqueue("x")
    rests = []
    for _ in range(2):
        assert worker.run_once()
        job = only_job()
        assert (job.state, job.leased_until) == (State.WAITING, None)
        rests.append(job.run_after - clock.now())
        assert not worker.run_once(), "it rests first"
        let_pass(minutes=5)
    assert worker.run_once()
    assert rests[1] > rests[0] > timedelta(seconds=4)
    job = only_job()
    assert (job.state, job.attempts) == (State.DEAD, 3)
    assert "IntegrityError: x stumbled" in job.error
    assert not worker.run_once()


def test_a_dead_letter_can_be_revived() -> None:
    errands.give_up.enqueue()
    assert worker.run_once()
    job = only_job()
    assert (job.state, job.attempts, job.error) == (State.DEAD, 1, "There is no such letter.")
    assert actions.revive(job_id=job.pk, at=clock.now())
    assert not actions.revive(job_id=job.pk, at=clock.now())
    assert worker.run_once()


def test_a_job_whose_task_is_gone_does_not_stop_the_others() -> None:
    errands.note.enqueue("never")
    Job.objects.update(task="tests.foundation.jobs.errands.renamed_since")
    errands.note.enqueue("still")
    assert worker.run_due() == 2
    assert errands.done == ["still"]


def test_what_is_no_task_is_not_called() -> None:
    errands.note.enqueue("rm -rf")
    Job.objects.update(task="os.system")
    assert worker.run_once()
    assert only_job().state == State.DEAD


def test_a_key_waits_once_until_it_begins() -> None:
    first = errands.note.using(unique_key="seal").enqueue("seal")
    second = errands.note.using(unique_key="seal").enqueue("seal")
    other = errands.note.using(unique_key="other").enqueue("other")
    assert first.id == second.id != other.id
    assert worker.claim(worker="a") is not None
    third = errands.note.using(unique_key="seal").enqueue("seal")
    assert third.id != first.id, "the first has begun and may have read what the third is about"


def test_an_expired_lease_is_claimed_anew_and_the_first_claim_no_longer_counts() -> None:
    errands.note.enqueue("x")
    slow = worker.claim(worker="slow")
    assert slow is not None
    assert worker.claim(worker="quick") is None, "the lease holds"
    let_pass(minutes=2)
    quick = worker.claim(worker="quick")
    assert quick is not None
    assert quick.fence == slow.fence + 1
    worker._end(slow, result="of the slow one", at=clock.now())
    assert only_job().state == State.RUNNING
    worker._end(quick, result="of the quick one", at=clock.now())
    worker._fail(slow, error=ValueError("too late"), at=clock.now())
    job = only_job()
    assert (job.state, job.result, job.error) == (State.DONE, "of the quick one", "")


def test_a_job_that_kills_its_workers_is_buried() -> None:
    errands.stumble.enqueue("poison")
    for _ in range(3):
        assert worker.claim(worker="dies") is not None
        let_pass(minutes=2)
    assert worker.claim(worker="lives") is None
    assert only_job().state == State.DEAD


def test_a_worker_told_to_stop_hands_its_job_back(monkeypatch: pytest.MonkeyPatch) -> None:
    errands.note.enqueue("x")

    def stop(job: Job) -> None:
        raise SystemExit

    monkeypatch.setattr(worker, "_call", stop)
    with pytest.raises(SystemExit):
        worker.run_once()
    job = only_job()
    assert (job.state, job.attempts) == (State.WAITING, 0)


def test_a_long_job_keeps_its_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    renewed: list[object] = []
    monkeypatch.setattr(worker, "LEASE", timedelta(seconds=0.15))
    monkeypatch.setattr(worker._Lease, "_held", lambda self: renewed.append(self) or 1)
    with worker._Lease(Job(pk=1)) as lease:
        lease._ended.wait(0.4)
    assert len(renewed) >= 3


def test_results_that_are_not_json_do_not_spoil_the_job() -> None:
    errands.note.enqueue("x")
    job = worker.claim(worker="a")
    assert job is not None
    worker._end(job, result=object(), at=clock.now())
    assert only_job().result is None


def test_only_the_named_queues_are_served() -> None:
    errands.note.using(queue_name="slow").enqueue("slow")
    assert worker.run_due(queues=["default"]) == 0
    assert worker.run_due(queues=["default", "slow"]) == 1


def test_old_jobs_are_swept_but_dead_letters_stay() -> None:
    for _ in range(3):
        errands.answer.enqueue(1)
    errands.give_up.enqueue()
    worker.run_due()
    Job.objects.update(finished_at=clock.now() - timedelta(days=20))
    newest = errands.answer.enqueue(2)
    worker.run_due()
    assert actions.sweep(at=clock.now()) == 3
    assert sorted(Job.objects.values_list("state", flat=True)) == [State.DEAD, State.DONE]
    assert Job.objects.filter(pk=newest.id).exists()
