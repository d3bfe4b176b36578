// The successor of an id that was given up; no row if it never was.
MATCH (old:Retired {id: $id})
RETURN old.into AS into
