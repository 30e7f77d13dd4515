"""The write API: single articles and comments over HTTP, put together of the writing and the reading side."""
