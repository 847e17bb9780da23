//! What a person can do, one file a use case, under one folder a noun.
