// Disagreements by kind, and whether one of their readings is preferred.
MATCH (about:Disagreement)
WITH about.kind AS kind, about.preferred IS NULL AS undecided
RETURN kind, undecided, count(*) AS disagreements
