"""The storm: notices of thousands of cases leave while workers, broker and database are killed and orders come and end.

`make storm`, or: python -m tests.storm --cases 100. What it shows and what it cannot: docs/storm.md.
"""
