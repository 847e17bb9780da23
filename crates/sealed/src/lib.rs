//! SM2 keys, certificates and signatures: bytes in, bytes out.
