"""The ``<kashshaf-search>`` element for pages of other sites."""
