// A PNG's fixed bytes (W3C PNG, 5.2 and 11.2.1) and a strip whose parts can be counted.
import { encodePng, filmStrip, formatNumber, groundTruthBox, type FilmStrip } from '@radiograft/figures'

const png = encodePng({ width: 3, height: 2, pixels: Uint8Array.of(0, 50, 100, 150, 200, 250) })
console.log([...png.slice(0, 8)].join(' ')) // 137 80 78 71 13 10 26 10
console.log(png[19], png[23], png[24], png[25]) // 3 2 8 0

const film = { pixels: new Float32Array(16), height: 4, width: 4 }
const strip: FilmStrip = {
  title: 'One case',
  columns: [{ title: 'film' }, { title: 'again' }],
  rows: [{ label: 'a <case>', cells: [{ film, boxes: [groundTruthBox([0, 0, 2, 2])] }, null] }],
}
const svg = filmStrip(strip)
console.log(svg.split('<image').length - 1, svg.includes('a <case>'), svg.includes('a &lt;case&gt;')) // 1 false true
console.log(formatNumber(0.12345), formatNumber(12345678)) // 0.123 1.23e7
