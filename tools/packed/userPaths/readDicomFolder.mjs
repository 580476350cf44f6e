// npm install @radiograft/data-io
// Someone has a folder of DICOM films and wants arrays.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { readDicom, unitPixels, writeDicom } from '@radiograft/data-io'

// two films to have: 12 bits, the second with white as 0
mkdirSync('films')
const stored = Uint16Array.of(0, 4095, 0, 4095, 0, 4095)
for (const [id, photometric] of [
  ['a', 'MONOCHROME2'],
  ['b', 'MONOCHROME1'],
])
  writeFileSync(`films/${id}.dcm`, writeDicom({ id, rows: 2, columns: 3, stored, bitsStored: 12, photometric }))

// what the user writes
const films = []
for (const file of readdirSync('films').toSorted()) {
  const film = await readDicom(readFileSync(`films/${file}`), file)
  films.push({ file, rows: film.rows, columns: film.columns, pixels: unitPixels(film) })
}

// by hand: 0 and 4095 of 12 bits are 0 and 1; MONOCHROME1 is turned
console.log(films.map(({ file, rows, columns }) => `${file} ${rows}x${columns}`).join(', ')) // a.dcm 2x3, b.dcm 2x3
console.log([...films[0].pixels], [...films[1].pixels]) // [ 0, 1, 0, 1, 0, 1 ] [ 1, 0, 1, 0, 1, 0 ]
