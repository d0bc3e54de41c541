-- SQLite's triggers have worked row by row from the start.
SELECT 1;
