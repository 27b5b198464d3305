"""The rules of telling: who next, after how long, at which hour. Plain values only."""
