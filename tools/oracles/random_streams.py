"""Oracle for @radiograft/random: Philox 4x32-10, stream keys and words in Python's big integers, normals by scipy.

Run: python tools/oracles/random_streams.py   (writes packages/random/src/fixtures/streams.json)
"""
import json
import math
import pathlib
import struct

import scipy
from scipy.special import ndtri

MASK = 0xFFFFFFFF
ROOT_KEY = (int.from_bytes(b"RADI", "big"), int.from_bytes(b"OGRA", "big"))


def philox(counter, key):
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK, (p0 >> 32) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return [c0, c1, c2, c3]


def murmur3(text, seed):
    def rotl(x, r):
        return ((x << r) | (x >> (32 - r))) & MASK

    def mix(k):
        return rotl(k * 0xCC9E2D51 & MASK, 15) * 0x1B873593 & MASK

    data = text.encode()
    h = seed
    whole = len(data) // 4 * 4
    for i in range(0, whole, 4):
        h = (rotl(h ^ mix(int.from_bytes(data[i : i + 4], "little")), 13) * 5 + 0xE6546B64) & MASK
    h ^= mix(int.from_bytes(data[whole:], "little")) ^ len(data)
    h = (h ^ h >> 16) * 0x85EBCA6B & MASK
    h = (h ^ h >> 13) * 0xC2B2AE35 & MASK
    return h ^ h >> 16


def child(key, part):
    if isinstance(part, str):
        counter = (murmur3(part, 0), murmur3(part, 0x9747B28C), 1, 1)
    else:
        high, low = struct.unpack(">II", struct.pack(">d", part))
        counter = (low, high, 0, 1)
    return tuple(philox(counter, key)[:2])


def key_of(path):
    key = ROOT_KEY
    for part in path:
        key = child(key, part)
    return key


def words(path, n):
    key = key_of(path)
    return [w for i in range(math.ceil(n / 4)) for w in philox((i, 0, 0, 0), key)][:n]


paths = [[0], [1], [-3.5], [4294967296], ["1"], ["π in a name"], [7, "noise", 12], ["study", "film", 3, "crop"]]
edge = [0, 1, 2, 1000, 161061273, 322122546, 322122547, 322122548, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1]
fixture = {
    "header": {"tool": "scipy.special.ndtri and Python integers", "version": scipy.__version__, "seed": "none"},
    "streams": [{"path": p, "words": words(p, 9)} for p in paths],
    "seeds": [{"parts": p, "seed": philox((len(p), 0, 0, 2), key_of(p))[0]} for p in [[], *paths]],
    # p above 1/2 by symmetry, so that 1 - p does not round
    "normals": [
        {"word": w, "normal": float(ndtri((w + 0.5) / 2**32) if w < 2**31 else -ndtri((2**32 - w - 0.5) / 2**32))}
        for w in edge + words([2026], 200)
    ],
}
out = pathlib.Path(__file__).parents[2] / "packages/random/src/fixtures/streams.json"
out.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n")
