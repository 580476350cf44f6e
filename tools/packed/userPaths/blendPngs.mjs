// npm install @radiograft/blend sharp@0.35.5
// Someone has two PNGs of one size and wants the left lung of one in the other, without a seam.
import { poissonGraft } from '@radiograft/blend'
import sharp from 'sharp'

// two films to have: grey 51 of 255, and grey 204 with one brighter pixel in the middle of the box below
const [width, height] = [40, 30]
const middle = 15 * width + 20
const write = (grey, file) =>
  sharp(grey, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(file)
await write(new Uint8Array(width * height).fill(51), 'film.png')
await write(new Uint8Array(width * height).fill(204).fill(255, middle, middle + 1), 'donor.png')

// what the user writes
const read = async (file) => {
  const { data, info } = await sharp(file).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  return { pixels: Float32Array.from(data, (grey) => grey / 255), height: info.height, width: info.width }
}
const [film, donor] = [await read('film.png'), await read('donor.png')]
const blended = poissonGraft(donor.pixels, film.pixels, [[10, 8, 30, 22]], film.height, film.width)
await write(
  Uint8Array.from(blended, (value) => Math.round(255 * value)),
  'blended.png',
)

// by hand: donor = film + 153 everywhere in the box, and 51 more in the middle; a constant goes, a gradient stays
const seen = await read('blended.png')
const grey = Array.from(seen.pixels, (value) => Math.round(255 * value))
console.log(seen.width, seen.height, grey[middle], grey[middle + 1], grey[0]) // 40 30 102 51 51
console.log(grey.filter((value) => value !== 51).length) // 1
