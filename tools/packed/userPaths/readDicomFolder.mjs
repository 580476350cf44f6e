// npm install @radiograft/data-io
// Someone has a folder of DICOM films, one folder a class, and wants arrays of one size.
import { mkdirSync, writeFileSync } from 'node:fs'
import { checkFolder, FolderError, streamFilms, writeDicom } from '@radiograft/data-io'

// three films to have, 12 bits: half black, half white; the second with white as 0, the third twice as high as wide
const film = (id, rows, photometric) => {
  const stored = Uint16Array.from({ length: rows * 64 }, (_, i) => (i % 64 < 32 ? 0 : 4095))
  return writeDicom({ id, rows, columns: 64, stored, bitsStored: 12, photometric })
}
for (const name of ['NORMAL', 'PNEUMONIA']) mkdirSync(`films/${name}`, { recursive: true })
writeFileSync('films/NORMAL/a.dcm', film('a', 64, 'MONOCHROME2'))
writeFileSync('films/NORMAL/b.dcm', film('b', 64, 'MONOCHROME1'))
writeFileSync('films/PNEUMONIA/c.dcm', film('c', 128, 'MONOCHROME2'))

// what the user writes
const arrays = new Map()
const folder = await checkFolder('films', undefined)
for await (const {
  film: { film: id, target },
  pixels,
} of streamFilms(folder, { size: 32 }))
  arrays.set(id, { target, pixels })

// by hand: 0 and 4095 of 12 bits are 0 and 1, MONOCHROME1 is turned; c is padded to a square with 8 columns of black a side
console.log([...arrays].map(([id, { target, pixels }]) => `${id} ${target} ${pixels.length}`).join(', ')) // NORMAL_a 0 1024, NORMAL_b 0 1024, PNEUMONIA_c 1 1024
const row = (id) => Array.from(arrays.get(id).pixels.subarray(0, 32), Math.round).join('')
console.log(row('NORMAL_a')) // 00000000000000001111111111111111
console.log(row('NORMAL_b')) // 11111111111111110000000000000000
console.log(row('PNEUMONIA_c')) // 00000000000000001111111100000000

// a film cut short: one error, before any film is read, which names it
writeFileSync('films/NORMAL/d.dcm', film('d', 64, 'MONOCHROME2').subarray(0, 3000))
const error = await checkFolder('films', undefined).catch((e) => e)
console.log(error instanceof FolderError, error.problems.length, error.message.includes('d.dcm')) // true 1 true
