import { describe, expect, it } from '@jest/globals'
import { pictureGrid } from './pictureGrid.ts'

const picture = (width: number, height: number, title = 'p') => ({
  width,
  height,
  title,
  description: 'd',
  body: '<g/>',
})

describe('pictureGrid', () => {
  it('lays pictures out in reading order, columns by their widest, rows by their highest', () => {
    // title line 21 + 12; columns 100 and 50 wide with 8 between; rows 40 and 30 high
    const pictures = [picture(60, 40), picture(50, 10), picture(100, 30)]
    const svg = pictureGrid({ title: 'all', columns: 2, pictures })
    expect([...svg.matchAll(/<svg x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [Number(x), Number(y)])).toEqual([
      [0, 33],
      [108, 33],
      [0, 81],
    ])
    expect(svg).toContain('width="158" height="111"')
  })

  it('says what all pictures say, unless told otherwise, and escapes every name', () => {
    const hostile = '<script>alert(1)</script>'
    expect(pictureGrid({ title: 't', pictures: [picture(9, 9, 'a'), picture(9, 9, 'b')] })).toContain(
      '<desc>a: d b: d</desc>',
    )
    expect(pictureGrid({ title: hostile, description: hostile, pictures: [picture(9, 9, hostile)] })).not.toContain(
      '<script',
    )
  })

  it('refuses no pictures and no columns', () => {
    expect(() => pictureGrid({ title: 't', pictures: [] })).toThrow('no pictures')
    expect(() => pictureGrid({ title: 't', columns: 0, pictures: [picture(9, 9)] })).toThrow('0 columns')
  })
})
