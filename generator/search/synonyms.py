def read_synonyms(): pass
