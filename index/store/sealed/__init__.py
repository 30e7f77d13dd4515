"""Files that tell by a checksum whether they are as they were written: small JSON ones, lists of others."""
