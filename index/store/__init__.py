"""The files of an index: generations, ledger, tombstones, and those who write and read them."""
