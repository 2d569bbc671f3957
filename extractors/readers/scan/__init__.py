"""Pages without a usable text layer: render, straighten, recognise, and give the same pages as any other reader."""
