"""``python -m kashshaf`` is the command."""

from kashshaf.cli import main

main()
