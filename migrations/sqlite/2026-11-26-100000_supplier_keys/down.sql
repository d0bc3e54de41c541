DROP TABLE supplier_keys;
DROP TABLE master_keys;
