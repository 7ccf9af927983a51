"""Records of many reports as one table: regions by years by indicators, each cell with its sentence."""
