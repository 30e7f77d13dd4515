"""The contract of the API: its operations, the OpenAPI document made of them, and the page to read it on."""
