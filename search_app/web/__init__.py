"""The web application: pages, API, the element for other sites."""
