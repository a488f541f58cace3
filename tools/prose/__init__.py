"""How much of what contradicts itself in a unit's prose the checks find, and what they invent."""
