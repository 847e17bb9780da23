//! Plan and apply of the outbox, generic over wire's trait; no HTTP.
