"""What recurs: the name, how often, and the task, which takes no arguments. Workers bring each slot once."""

from __future__ import annotations

from datetime import timedelta

from landbridge.foundation.jobs.schedule import Recurring

SCHEDULE = (
    Recurring(
        name="access.close_delivered",
        every=timedelta(days=1),
        offset=timedelta(hours=2),
        task="landbridge.access.tasks.close_delivered",
    ),
    Recurring(
        name="collaborations.bring",
        every=timedelta(hours=1),
        offset=timedelta(minutes=20),
        task="landbridge.collaborations.tasks.bring",
    ),
    Recurring(
        name="audit.seal",
        every=timedelta(minutes=10),
        task="landbridge.foundation.audit.tasks.seal",
    ),
    Recurring(
        name="vouchers.warn",
        every=timedelta(days=1),
        offset=timedelta(hours=6),
        task="landbridge.vouchers.tasks.warn",
    ),
    Recurring(
        name="claims.lapse",
        every=timedelta(days=1),
        offset=timedelta(hours=5),
        task="landbridge.claims.tasks.lapse_unclaimed",
    ),
    Recurring(
        name="clocks.hand_on",
        every=timedelta(hours=1),
        offset=timedelta(minutes=2),
        task="landbridge.clocks.tasks.hand_on",
    ),
    Recurring(
        name="clocks.watch",
        every=timedelta(hours=1),
        offset=timedelta(minutes=5),
        task="landbridge.clocks.tasks.watch",
    ),
    Recurring(
        name="enquiries.expire_offers",
        every=timedelta(hours=1),
        offset=timedelta(minutes=12),
        task="landbridge.enquiries.tasks.leading.expire_offers",
    ),
    Recurring(
        name="enquiries.end_sights",
        every=timedelta(hours=1),
        offset=timedelta(minutes=14),
        task="landbridge.enquiries.tasks.leading.end_sights",
    ),
    Recurring(
        name="enquiries.pass_on",
        every=timedelta(hours=1),
        offset=timedelta(minutes=3),
        task="landbridge.enquiries.tasks.leading.pass_on",
    ),
    Recurring(
        name="enquiries.tell_whom_to_call",
        every=timedelta(hours=1),
        offset=timedelta(minutes=6),
        task="landbridge.enquiries.tasks.leading.tell_whom_to_call",
    ),
    Recurring(
        name="enquiries.resume",
        every=timedelta(hours=1),
        offset=timedelta(minutes=8),
        task="landbridge.enquiries.tasks.resuming.resume_held",
    ),
    Recurring(
        name="inbox.forget",
        every=timedelta(days=1),
        offset=timedelta(hours=3, minutes=30),
        task="landbridge.foundation.inbox.tasks.forget",
    ),
    Recurring(
        name="catalogue.update_index",
        every=timedelta(minutes=1),
        task="landbridge.catalogue.tasks.finding.update_index",
    ),
    Recurring(
        name="catalogue.tell_of_news",
        every=timedelta(hours=1),
        offset=timedelta(minutes=25),
        task="landbridge.catalogue.tasks.finding.tell_of_news",
    ),
    Recurring(
        name="introductions.lapse",
        every=timedelta(hours=1),
        offset=timedelta(minutes=1),
        task="landbridge.introductions.tasks.lapse",
    ),
    Recurring(
        name="introductions.remind",
        every=timedelta(days=1),
        offset=timedelta(hours=6, minutes=10),
        task="landbridge.introductions.tasks.remind",
    ),
    Recurring(
        name="profiles.end",
        every=timedelta(days=1),
        offset=timedelta(hours=5, minutes=10),
        task="landbridge.profiles.tasks.end",
    ),
    Recurring(
        name="jobs.sweep",
        every=timedelta(days=1),
        offset=timedelta(hours=3),
        task="landbridge.foundation.jobs.tasks.sweep",
    ),
    Recurring(
        name="people.sweep",
        every=timedelta(days=1),
        offset=timedelta(hours=4),
        task="landbridge.foundation.people.tasks.sweep",
    ),
    Recurring(
        name="catalogue.ask_whether_right",
        every=timedelta(days=1),
        offset=timedelta(hours=6, minutes=30),
        task="landbridge.catalogue.tasks.keeping.ask_whether_right",
    ),
    Recurring(
        name="catalogue.hide_unconfirmed",
        every=timedelta(days=1),
        offset=timedelta(hours=5, minutes=30),
        task="landbridge.catalogue.tasks.keeping.hide_unconfirmed",
    ),
    Recurring(
        name="catalogue.look_at_websites",
        every=timedelta(hours=1),
        offset=timedelta(minutes=20),
        task="landbridge.catalogue.tasks.keeping.look_at_websites",
    ),
)
