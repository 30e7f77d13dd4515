"""Answers shown: pages, API, the element for other sites."""
