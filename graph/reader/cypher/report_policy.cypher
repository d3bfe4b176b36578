// The most recently issued policy.
MATCH (policy:Policy)
WHERE policy.issued_on IS NOT NULL
RETURN policy.id AS id, policy.name AS name, policy.issued_on AS issued_on
ORDER BY issued_on DESC, id LIMIT 1
