import { expect, test } from '@jest/globals'
import { emptyInput } from '../testing/exampleInput.ts'
import { exampleViewer } from '../testing/exampleViewer.ts'
import type { ViewerInput } from '../testing/exampleViewer.ts'
import { renderReport } from '../renderReport.ts'
import { jsonBlock } from './jsonBlock.ts'
import type { ViewerData } from './ViewerData.ts'

const render = (viewer: Partial<ViewerInput>) => renderReport({ ...emptyInput(), ...viewer })
const example = exampleViewer(4)
const dataIn = (html: string): ViewerData =>
  JSON.parse(/<script type="application\/json" id="viewer-films">(.*?)<\/script>/s.exec(html)![1]!)
const linesIn = (html: string): ReadonlyArray<string> =>
  /<script type="text\/plain" id="viewer-pictures">(.*?)<\/script>/s.exec(html)![1]!.split('\n')

test('a run without films has neither section nor script', () => {
  const { html, tiles } = render({})
  expect(html).not.toContain('<script')
  expect(html).not.toContain('script-src')
  expect(tiles).toEqual([])
})

test('the page may run one script, named by its hash, and load no picture from elsewhere', () => {
  const { html } = render(example)
  const policy = /http-equiv="Content-Security-Policy" content="(.*?)"/.exec(html)![1]!
  expect(policy).toMatch(
    /^default-src 'none'; img-src data:; script-src 'sha256-[\w+/=]{44}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'$/,
  )
  expect(html.match(/<script>/g)).toHaveLength(1)
})

test('every picture lies in the page, byte for byte, where its layer says', () => {
  const { html, tiles } = render(example)
  expect(tiles).toEqual([])
  const [{ films }, lines] = [dataIn(html), linesIn(html)]
  expect(lines).toHaveLength(example.pictures.length)
  for (const { film, layer, png } of example.pictures) {
    const shown = films.find((one) => one.film === film)!.layers.find((one) => one.layer === layer)!
    expect(Buffer.from(lines[Number(shown.source)]!, 'base64').equals(png)).toBe(true)
  }
})

test('the table says every film and outcome without the script', () => {
  const { html } = render(example)
  const rows = [...html.matchAll(/<tr><th scope="row"><bdi>(.*?)<\/bdi>.*?<\/tr>/g)]
  expect(rows.map(([, film]) => film)).toEqual(['film-001', 'film-002', 'film-003', 'film-004'])
  const [first] = example.cases
  expect(rows[0]![0]).toContain(`<bdi>${first!.outcome}</bdi>`)
  expect(rows[0]![0]).toContain(`<data value="${first!.score}"`)
})

/** Pictures whose base64 has this many characters, and 4 lines' ends. */
const heavy = (characters: number): ViewerInput => {
  const png = new Uint8Array((characters / 4 / 4) * 3)
  return { ...example, pictures: example.pictures.slice(0, 4).map((picture) => ({ ...picture, png })) }
}

test('up to 14 MB pictures lie in the page, beyond it beside it, and the page may load them', () => {
  const inside = render(heavy(13.6e6))
  expect(inside.tiles).toEqual([])
  expect(Buffer.byteLength(inside.html)).toBeLessThan(14.2e6)
  const { html, tiles } = render(heavy(14.4e6))
  expect(html.length).toBeLessThan(2e5)
  expect(tiles.map(({ path }) => path)).toEqual([1, 2, 3, 4].map((i) => `films/0001-${i}.png`))
  expect(tiles[0]!.bytes).toHaveLength(2.7e6)
  expect(dataIn(html).films[0]!.layers.map(({ source }) => source)).toEqual(tiles.map(({ path }) => path))
  expect(html).toContain("img-src data: 'self';")
})

test('equal bytes for an equal input', () => {
  expect(render(exampleViewer(4)).html === render(example).html).toBe(true)
  // and whatever the order of the rows
  const turned = { ...example, cases: example.cases.toReversed() }
  expect(dataIn(render(turned).html).films.map(({ film }) => film)).toEqual(
    dataIn(render(example).html).films.map(({ film }) => film),
  )
})

test('no text ends a block of data', () => {
  const text = '</script><!-- <script> \u2028\u2029\ud800\u0000'
  const block = jsonBlock('x', { text })
  expect(block.match(/</g)).toHaveLength(2)
  for (const odd of ['\u2028', '\u2029', '\ud800', '\u0000']) expect(block.includes(odd)).toBe(false)
  expect(JSON.parse(block.replace(/^<.*?>/, '').replace(/<.*$/s, ''))).toEqual({ text })
})

test('a thousand pictures are laid out in well under a second', () => {
  const png = new Uint8Array(9600)
  const many = exampleViewer(1)
  const pictures = Array.from({ length: 1000 }, (_, i) => ({
    ...many.pictures[i % 4]!,
    film: `film-${Math.floor(i / 5)}`,
    order: i % 5,
    layer: `layer ${i % 5}`,
    png,
  }))
  render({ pictures })
  const start = performance.now()
  const { html, tiles } = render({ pictures })
  const took = performance.now() - start
  expect(tiles).toEqual([])
  expect(html.length).toBeLessThan(15e6)
  // 39 to 101 ms on a busy machine
  expect(took).toBeLessThan(600)
})
