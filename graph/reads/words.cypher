// Entities whose folded names hold all words; short ones first, because the engines score differently.
CALL db.index.fulltext.queryNodes('Entity[search]', $words) YIELD node, score
WITH node, size(node.search) AS length, node.id AS id
WHERE $type IS NULL OR node.type = $type
RETURN id, node.type AS type, node.name AS name, node.status AS status, node.names AS names
ORDER BY length, id LIMIT $limit
