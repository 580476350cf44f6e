// 500 damaged files: pixels of the promised size or an ImageError, never a crash, another error, or a long wait.
import { expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import type { Rng } from '@radiograft/random'
import { ImageError } from './ImageError.ts'
import { readImage } from './readImage.ts'
import { oracleFiles } from './testing/imagesFixture.ts'

const FILES = 500
/** far above what any of them takes (milliseconds), for a busy machine */
const LONGEST_MS = 5000

/** Some bytes changed, a piece cut out, a piece doubled, or the end cut off. */
const mutated = (bytes: Uint8Array, random: Rng): Uint8Array => {
  const [a, b] = [random.int(0, bytes.length), random.int(0, bytes.length)]
  const [from, to] = [Math.min(a, b), Math.max(a, b)]
  const kind = random.int(0, 6)
  if (kind === 0) return bytes.slice(0, from)
  if (kind === 1) return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  if (kind === 2) return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
  const out = bytes.slice()
  for (let n = random.int(1, 6); n > 0; n--) out[random.int(0, kind === 3 ? out.length : 60)] = random.int(0, 256)
  return out
}

it(`${FILES} damaged files`, async () => {
  const seen = { pixels: 0, problems: new Set<string>() }
  for (let i = 0; i < FILES; i++) {
    const random = rng('damaged pictures').fork(i)
    const file = oracleFiles[random.int(0, oracleFiles.length)]!
    const name = `${i} (${file.name})`
    const began = performance.now()
    const image = await readImage(mutated(file.bytes, random), name).catch((error: unknown) => {
      if (!(error instanceof ImageError)) throw new Error(`${name} threw something else`, { cause: error })
      seen.problems.add(error.problem)
    })
    expect(performance.now() - began).toBeLessThan(LONGEST_MS)
    if (!image) continue
    seen.pixels++
    expect([name, image.stored.length, image.stored.BYTES_PER_ELEMENT]).toEqual([
      name,
      image.rows * image.columns,
      image.bits / 8,
    ])
  }
  // the damage is neither so mild that all is read nor so coarse that nothing is
  expect(seen.pixels).toBeGreaterThan(FILES / 20)
  expect(seen.pixels).toBeLessThan(FILES / 2)
  expect([...seen.problems]).toEqual(expect.arrayContaining(['not-image', 'truncated', 'corrupt', 'colour']))
}, 120_000)
