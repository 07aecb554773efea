"""Every change to a programme and its network, one module for each thing, one function for each verb.

programmes: create, edit · phases: add, edit, start, hibernate, wake, close, begin_next · regions: create, edit,
close_day, reopen_day, add_known · partners: add, edit · incentives: add, edit · targets: set_target, remove ·
figures: publish
"""
