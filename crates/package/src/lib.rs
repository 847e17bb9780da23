//! One approved revision with its evidence as a portable BagIt bag in a ZIP.
