//! luguoctl: the use cases of desk from a terminal.
