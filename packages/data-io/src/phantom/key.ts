/**
 * Counter-based random numbers of the phantom: keyed by name, never by draw order, so that film i depends on neither
 * the number of films nor on what was drawn before it. Used by every module of the phantom that draws anything.
 */

const { imul } = Math

/** Bijective 32-bit mixer (xor-shift-multiply); input any 32-bit integer, output unsigned. */
export function mix(x: number): number {
  let h = x | 0
  h ^= h >>> 16
  h = imul(h, 0x21f0aaad)
  h ^= h >>> 15
  h = imul(h, 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/** FNV-1a, 32 bits, of the UTF-8 bytes of a tag. */
export function fnv(tag: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < tag.length; i++) {
    const code = tag.charCodeAt(i)
    if (code > 127) return fnvBytes(new TextEncoder().encode(tag))
    h = imul(h ^ code, 0x01000193)
  }
  return h >>> 0
}

function fnvBytes(bytes: Uint8Array): number {
  let h = 0x811c9dc5
  for (const byte of bytes) h = imul(h ^ byte, 0x01000193)
  return h >>> 0
}

/** Second half of a bounded normal is drawn from `mix(a ^ SECOND_DRAW)`. */
const SECOND_DRAW = 0x5bf03635

/** Bounded standard normal from 32 hashed bits: the sum of four 16-bit uniforms, |z| ≤ 3.464. */
export function normalFromHash(a: number): number {
  const b = mix(a ^ SECOND_DRAW)
  const sum = (a & 65535) + (a >>> 16) + (b & 65535) + (b >>> 16)
  return (1.7320508075688772 * (sum - 131070)) / 65536
}

/** A 32-bit key with the draws it gives; `i` counts within one tag. */
export class Key {
  /** The key itself, an unsigned 32-bit integer. */
  readonly bits: number

  constructor(bits: number) {
    this.bits = bits
  }

  /** Key of the whole cohort. */
  static root(seed: number): Key {
    return new Key(mix(seed ^ 0x9e3779b9))
  }

  /** Derived key, for example of patient i. */
  sub(tag: string, i = 0): Key {
    return new Key(this.hash(tag, i))
  }

  /** 32 hashed bits. */
  hash(tag: string, i = 0): number {
    return mix(mix(this.bits ^ fnv(tag)) ^ i)
  }

  /** Uniform in (low, high). */
  uniform(tag: string, low = 0, high = 1, i = 0): number {
    return low + ((high - low) * (this.hash(tag, i) + 0.5)) / 4294967296
  }

  /** Bounded normal of the given mean and standard deviation. */
  normal(tag: string, mean = 0, sd = 1, i = 0): number {
    return mean + sd * normalFromHash(this.hash(tag, i))
  }
}
