"""Every letter as a row, in the transaction of what it tells about; sent by a job, at most once.

`tell` writes letters (tell.py) from texts (texts.py); `actions` sends them and keeps the programmes' own texts.
"""
