//! What an enemy tries.
