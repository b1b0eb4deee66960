"""Reports: findings as text, JSON Lines and other outputs, one file each.

A report is a module with ``render``; ``registry`` lists them.
"""
