// The successor of a retired id (null if it was removed); no row if the id was never used.
MATCH (old:Retired {id: $id})
RETURN old.into AS into
