import { expect, it } from '@jest/globals'
import { decodeOnce, wasmCodec } from './wasmCodec.ts'
import type { CodecDecoder } from './wasmCodec.ts'

interface CharLs {
  readonly JpegLSDecoder: new () => CodecDecoder
}

/** CharLS, and how many instances of it were made. */
const counted = () => {
  const made = { instances: 0 }
  const run = wasmCodec<CharLs>(async () => {
    const { default: create } = await import('@cornerstonejs/codec-charls/decodewasmjs')
    return {
      default: (options) => {
        made.instances++
        return create(options)
      },
    }
  }, '@cornerstonejs/codec-charls/decodewasm')
  return { made, run }
}

const FREELY = 2 ** 30
const fine = (codec: CharLs): string => {
  const decoder = new codec.JpegLSDecoder()
  decoder.getEncodedBuffer(10)
  decoder.delete()
  return 'fine'
}

it('one instance serves all films while nothing goes wrong', async () => {
  const { made, run } = counted()
  expect(await Promise.all([run(FREELY, fine), run(FREELY, fine)])).toEqual(['fine', 'fine'])
  expect(await run(FREELY, fine)).toBe('fine')
  expect(made.instances).toBe(1)
})

it('after anything thrown a new instance is made; what is no Error becomes one', async () => {
  const { made, run } = counted()
  await run(FREELY, fine)
  const failure = run(FREELY, () => {
    // what C++ code compiled by Emscripten throws
    throw 5_243_216 as unknown as Error
  })
  await expect(failure).rejects.toThrow('the codec gave up')
  expect(await run(FREELY, fine)).toBe('fine')
  expect(made.instances).toBe(2)
})

it('a film that waits while another one crashes gets a new instance', async () => {
  const { made, run } = counted()
  const seen: CharLs[] = []
  const crash = run(FREELY, (codec) => {
    seen.push(codec)
    throw new Error('unreachable executed')
  })
  const other = run(FREELY, (codec) => seen.push(codec))
  await expect(crash).rejects.toThrow('unreachable executed')
  await other
  // not by toBe, which would print both codecs whole
  expect([seen.length, seen[0] === seen[1]]).toEqual([2, false])
  expect(made.instances).toBe(2)
})

it('a real stream that is none crashes the codec, and the next film is none the worse', async () => {
  const { run } = counted()
  const stream = Uint8Array.of(0xff, 0xd8, 0xff, 0xf7, 0, 11, 8, 0, 4, 0, 4, 1, 1, 0x11, 0)
  await expect(run(FREELY, ({ JpegLSDecoder }) => decodeOnce(new JpegLSDecoder(), stream))).rejects.toThrow(Error)
  expect(await run(FREELY, fine)).toBe('fine')
})

it('a film may not have more memory than it is given, and large memory is let go', async () => {
  const { made, run } = counted()
  const take = (megabytes: number) => (codec: CharLs) => {
    const decoder = new codec.JpegLSDecoder()
    decoder.getEncodedBuffer(megabytes * 2 ** 20)
    decoder.delete()
  }
  await expect(run(2 ** 26, take(100))).rejects.toThrow(Error)
  await run(2 ** 28, take(100))
  expect(made.instances).toBe(2)
  await run(2 ** 29, take(300))
  await run(2 ** 28, fine)
  expect(made.instances).toBe(3)
})

it('a codec that does not load is tried again', async () => {
  let tries = 0
  const run = wasmCodec<CharLs>(() => {
    tries++
    return Promise.reject(new Error('not there'))
  }, '@cornerstonejs/codec-charls/decodewasm')
  await expect(run(FREELY, fine)).rejects.toThrow('not there')
  await expect(run(FREELY, fine)).rejects.toThrow('not there')
  expect(tries).toBe(2)
})
