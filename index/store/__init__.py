"""The store: generations, ledger, tombstones, and the modules that write and read them."""
