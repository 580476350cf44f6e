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
  console.log('worst', worst, 'largest', Math.max(...features))
  expect(worst).toBeLessThan(1e-4)
})

test.each([{ kind: 'mobilenet', folder: weights } as const, { kind: 'pixels' } as const])(
  'P2: the ladder on nih-mini, $kind',
  async (extractor) => {
    const { record } = await measureFolders(filmsFolder('nih-mini'), undefined, {
      extractor,
      ladder: true,
      workers: 0,
      startTensors: () => loadRuntime(),
    })
    for (const { corruption, rungs, rho } of record.ladder!.corruptions)
      console.log(
        corruption,
        rho,
        rungs
          .map(({ figure: f }) => `${f.value.toExponential(2)} [${f.low.toExponential(2)}, ${f.high.toExponential(2)}]`)
          .join('  '),
      )
  },
)
