CREATE TABLE fruits (
    name TEXT PRIMARY KEY
);
