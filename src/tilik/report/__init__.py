"""Reports: the weekly page, the tables that the DSA and PP TUNAS ask for, minimum ages in others' schemes."""
