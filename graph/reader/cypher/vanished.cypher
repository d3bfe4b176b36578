// The last release that had an id which no release retires and the current one lacks; no row if none had it.
MATCH (old:Vanished {id: $id})
RETURN old.release AS release
