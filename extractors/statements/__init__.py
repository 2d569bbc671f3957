"""Figures printed in sentences."""
