"""How the warehouse grows: sources multiplied to a number of budget rows, and what a refresh of them costs."""
