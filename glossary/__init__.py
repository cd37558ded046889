"""Collect the recurring terms of a bitext, review them, and find where renderings disagree.

So far this package holds the root command ``concord`` (``glossary.cli``), which mounts align's commands.
"""
