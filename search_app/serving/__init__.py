"""Serving: the web application in worker processes that share one port."""
