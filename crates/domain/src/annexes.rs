//! Annexes 2 and 3.
