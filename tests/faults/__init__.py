"""Faults as they happen: crashes, full and failing disks, power cuts and corruption, at every point."""
