"""XML with many documents: feeds and exports of WordPress."""
