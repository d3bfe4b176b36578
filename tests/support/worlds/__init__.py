"""Invented graphs for groups of queries; each module has `release()` and `CALLS`: queries with parameters to run on it.

A world holds, for each query, answers, rows that lose one condition each, and what the engines are known to differ on:
missing values, parallel edges, disputed and unclear statuses.
"""

from tests.support.worlds import evidence, flagship, names, numbers, provinces, questions

WORLDS = (flagship, numbers, provinces, evidence, names, questions)
