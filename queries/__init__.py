"""The named Cypher queries, one file each; data only, read by `vnkg.graph.catalogue.query`."""
