"""Files that editors write beside a running server: read again when they change; pins."""
