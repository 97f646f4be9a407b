"""わたしの机: what lies before each role today."""
