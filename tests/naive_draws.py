"""Slow, obvious random numbers of a program: Philox4x32-10 one counter at a time, in plain integers (semantics R1).

Tests trust this; nothing else uses it. Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as
easy as 1, 2, 3", SC11; the known answers stand in test_naive.py.
"""

import hashlib
import unicodedata

MASK = 0xFFFFFFFF
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
BLOCK, QUARTER = 256, 64


def philox(counter, key):
    """Return the four 32-bit words of Philox4x32 with ten rounds."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        left, right = MULTIPLIERS[0] * c0, MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & MASK, (left >> 32) ^ c3 ^ k1, left & MASK
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return c0, c1, c2, c3


def name_hash(name):
    """Return the 64-bit hash of a variable's name: blake2b of its NFC form in UTF-8, little-endian."""
    digest = hashlib.blake2b(unicodedata.normalize("NFC", name).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def word(seed, name, iteration, occurrence=0):
    """Return the 32-bit word of one variable in one iteration: a block of 256 takes 64 counters of 4 words each."""
    block, lane = divmod(iteration, BLOCK)
    hashed = name_hash(name)
    counter = (block * QUARTER + lane % QUARTER, occurrence, hashed & MASK, hashed >> 32)
    return philox(counter, (seed & MASK, seed >> 32))[lane // QUARTER]


def uniform(seed, name, iteration):
    """Return the uniform of one variable in one iteration, never 0 and never 1."""
    return (word(seed, name, iteration) + 0.5) / 2**32
