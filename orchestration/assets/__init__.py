"""The assets, one module per part of the way: raw, marts, release."""
