"""The files of ``deploy/``: nginx really started, units verified, the image built in a bare root."""
