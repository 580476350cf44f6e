import { describe, expect, it } from '@jest/globals'
import { filmStrip } from './filmStrip.ts'
import { detectionBox, groundTruthBox } from './OverlayBox.ts'
import { overlayHeat } from './overlayHeat.ts'

const film = { pixels: new Float32Array(8 * 4).fill(0.5), height: 8, width: 4 }
const strip = { title: 'one case', columns: [{ title: 'film' }] }

describe('filmStrip', () => {
  it('draws boxes at the scale of their film', () => {
    // 8 high shown at 80: ten times
    const cells = [{ film, boxes: [groundTruthBox([1, 2, 3, 5])] }]
    const svg = filmStrip({ ...strip, cellPixels: 80, rows: [{ label: 'a', cells }] })
    expect(svg).toContain('width="40" height="80" preserveAspectRatio')
    expect(svg).toContain('<rect x="10" y="20" width="20" height="30" fill="none" stroke="#e69f00"')
  })

  it('tells ground truth and detections apart by colour and line, in a legend too', () => {
    const cells = [
      { film, boxes: [groundTruthBox([0, 0, 2, 2]), detectionBox([1, 1, 3, 3], 0.8765), detectionBox([1, 1, 4, 4])] },
    ]
    const svg = filmStrip({ ...strip, rows: [{ label: 'a', cells }] })
    expect(svg.match(/stroke="#56b4e9"[^/]*stroke-dasharray="5 3"/g)).toHaveLength(3) // two boxes, one sample
    expect(svg).toContain('>0.88<')
    expect(svg.match(/>detection \(score\)</g)).toHaveLength(1)
    expect(svg.match(/>ground truth</g)).toHaveLength(1)
  })

  it('is one string: films are inside, nothing is loaded, no ids clash', () => {
    const svg = filmStrip({ ...strip, rows: [{ label: 'a', cells: [{ film }] }] })
    expect(svg).toContain('href="data:image/png;base64,')
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:| id="/)
  })

  it('keeps empty places and writes notes', () => {
    const columns = [{ title: 'a' }, { title: 'b' }]
    const svg = filmStrip({ title: 't', columns, rows: [{ label: 'r', cells: [null, { film, note: 'IoU 0.5' }] }] })
    expect(svg.match(/<image /g)).toHaveLength(1)
    expect(svg).toContain('>IoU 0.5<')
  })

  it('gives long notes a second line, and the strip the room for it', () => {
    const heightOf = (note: string): number =>
      Number(/height="([\d.]+)"/.exec(filmStrip({ ...strip, rows: [{ label: 'r', cells: [{ film, note }] }] }))![1])
    expect(heightOf('word '.repeat(9)) - heightOf('word')).toBe(13)
  })

  it('dots a third kind of box', () => {
    const box = { box: [0, 0, 1, 1], colour: 'yellow', line: 'dotted', meaning: 'missed' } as const
    const svg = filmStrip({ ...strip, rows: [{ label: 'a', cells: [{ film, boxes: [box] }] }] })
    expect(svg.match(/stroke-dasharray="2 2"/g)).toHaveLength(2) // box and legend
  })

  it('escapes every name', () => {
    const hostile = '<script>alert(1)</script>'
    const boxes = [{ box: [0, 0, 1, 1], colour: 'sky', label: hostile, meaning: hostile } as const]
    const cells = [{ film, boxes, heat: film, note: hostile }]
    const svg = filmStrip({
      title: hostile,
      description: hostile,
      heatMeaning: hostile,
      columns: [{ title: hostile }],
      rows: [{ label: hostile, cells }],
    })
    expect(svg).not.toContain('<script')
  })

  it('refuses rows that do not fit their columns', () => {
    expect(() => filmStrip({ ...strip, rows: [{ label: 'x', cells: [] }] })).toThrow(
      "row 'x' has 0 cells for 1 columns",
    )
    expect(() => filmStrip({ ...strip, rows: [] })).toThrow('needs a row and a column')
  })
})

describe('overlayHeat', () => {
  it('leaves the film untouched where the heat is 0, and mixes 65 % of the colour where it is 1', () => {
    const two = { pixels: Float32Array.of(0.2, 0.2), height: 1, width: 2 }
    const heat = { pixels: Float32Array.of(0, 1), height: 1, width: 2 }
    // the hottest colour is (252, 255, 164); 0.35 * 51 + 0.65 * colour
    expect([...overlayHeat('test', two, heat)]).toEqual([51, 51, 51, 182, 184, 124])
  })

  it('refuses a map that does not fill its size', () => {
    expect(() => overlayHeat('test', film, { ...film, width: 5 })).toThrow('32 values are no heat map of 8 x 5')
  })
})
