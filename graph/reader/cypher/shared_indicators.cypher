// Indicators measured for more than one current province, most provinces first.
MATCH (said:Measurement)-[:SUBJECT]->(province:Province)
WHERE province.abolished_on IS NULL
WITH said.indicator AS indicator, count(DISTINCT province.id) AS provinces
WHERE provinces > 1
RETURN indicator, provinces
ORDER BY provinces DESC, indicator LIMIT $limit
