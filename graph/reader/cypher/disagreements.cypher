// Disagreements with their readings; all of them where `ids` is null.
MATCH (about:Disagreement)
WHERE $ids IS NULL OR about.id IN $ids
RETURN about {.*} AS disagreement,
  COLLECT {
    MATCH (about)<-[:READING_OF]-(reading:Reading)
    RETURN reading {.position, .gloss, .gloss_vi, .statements}
  } AS readings
