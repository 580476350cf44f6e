// Real films through the real network: MobileNetV2 against torch, and the ladder of row P2 on nih-mini.
import { readFileSync } from 'node:fs'
import { expect, jest, test } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import { readMobilenetV2 } from '../extractors/mobilenetV2.ts'
import { networkExtractor } from '../extractors/networkExtractor.ts'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { measureFolders } from './measureFolders.ts'

jest.setTimeout(1_800_000)
const weights = filmsFolder('weights/nsfwjs_mobilenet_v2')

test('MobileNetV2: torch’s features from the same weights', async () => {
  await loadRuntime()
  const { features } = JSON.parse(readFileSync(new URL('../fixtures/mobilenet.json', import.meta.url), 'utf8')) as {
    readonly features: ReadonlyArray<number>
  }
  const side = 150
  const pixels = new Float32Array(2 * side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const disc = ((x % 50) - 25) ** 2 + ((y % 50) - 25) ** 2 > 150 ? 1 : 0
      pixels[y * side + x] = Math.floor(127.5 + 127.5 * Math.sin((x * x) / 700 + y / 9)) / 255
      pixels[side * side + y * side + x] = ((Math.floor(x + y / 3) % 256) * disc) / 255
    }
  const extractor = networkExtractor(await readMobilenetV2(weights))
  expect(extractor.sha256).toBe('8e7dddbb16acacc1bf1601b1b8a761e730ff934b7f2d7771312b2f000e5f5f13')
  const { values } = await extractor.extract({ pixels, count: 2, height: side, width: side })
  extractor.dispose()
  const worst = Math.max(...Array.from(values, (value, i) => Math.abs(value - features[i]!)))
  expect(worst).toBeLessThan(1e-4)
})

test('P2: on nih-mini KID rises with every corruption at every strength', async () => {
  const { record } = await measureFolders(filmsFolder('nih-mini'), undefined, {
    extractor: { kind: 'mobilenet', folder: weights },
    ladder: true,
    workers: 0,
    startTensors: () => loadRuntime(),
  })
  const { size, corruptions } = record.ladder!
  expect(size).toBe(256)
  expect(corruptions.map(({ corruption, rho }) => [corruption, rho])).toEqual(
    ['noise', 'blur', 'contrast', 'occlusion', 'swirl'].map((name) => [name, 1]),
  )
  for (const { rungs } of corruptions) {
    expect(rungs).toHaveLength(6)
    // clean films of other patients: KID 0 lies in its interval; the strongest corruption is far from it
    const [clean, strongest] = [rungs[0]!.figure, rungs[5]!.figure]
    expect(clean.metric).toBe('kid-mobilenet-v2-224-n207x206')
    expect(clean.low).toBeLessThan(0)
    expect(clean.high).toBeGreaterThan(0)
    expect(strongest.low).toBeGreaterThan(clean.high)
  }
})
