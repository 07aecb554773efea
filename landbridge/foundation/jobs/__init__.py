"""Background jobs kept in the database, and the transaction, of the change that asked for them.

`task` marks a function (task.py); `worker` runs what is due (worker.py); `schedule` brings what recurs (schedule.py).
The backend is chosen in the settings (`TASKS`): for many machines another engine takes its place there, fed through
the same `task(...).enqueue(...)`; nothing else in the product knows where its jobs run.
"""
