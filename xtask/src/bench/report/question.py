"""The question of `hark report`, asked of DuckDB: one JSON object, the seconds it took included."""

import json
import sys
import time

import duckdb

segments, threads = sys.argv[1], int(sys.argv[2])
question = """
SELECT survey, count(*) AS impressions, count(*) FILTER (answered) AS responses, count(score) AS n,
  100 * avg(CASE metric WHEN 'nps' THEN (score >= 9)::INT - (score <= 6)::INT
                        WHEN 'csat' THEN (score >= 4)::INT
                        ELSE (score >= 5)::INT END) AS figure
FROM (
  SELECT survey, site, metric, id, arg_max(score, seq) AS score, bool_or(type = 'response') AS answered
  FROM read_json($segments, format = 'newline_delimited', columns = {
    type: 'VARCHAR', id: 'UUID', seq: 'UINTEGER', survey: 'VARCHAR', site: 'VARCHAR',
    metric: 'VARCHAR', score: 'UTINYINT', automated: 'BOOLEAN'})
  WHERE type IN ('impression', 'response', 'dismissal') AND NOT automated
  GROUP BY ALL)
GROUP BY survey, site, metric
ORDER BY survey
"""
database = duckdb.connect()
database.execute(f"SET threads = {threads}")
began = time.monotonic()
rows = database.execute(question, {"segments": segments}).fetchall()
seconds = time.monotonic() - began
names = ["survey", "impressions", "responses", "n", "figure"]
print(json.dumps({"seconds": seconds, "surveys": [dict(zip(names, row)) for row in rows]}))
