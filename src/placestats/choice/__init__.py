"""Weighing several criteria against each other."""
