import { expect, it } from '@jest/globals'
import sharp from 'sharp'
import { smallCopy } from './smallCopy.ts'

const png = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#234' } })
    .png()
    .toBuffer()

it.each([
  [600, 300, 256, 128],
  [100, 400, 64, 256],
  [20, 10, 20, 10],
])('%i x %i is shown as %i x %i', async (width, height, w, h) => {
  const { format, width: gotW, height: gotH } = await sharp(await smallCopy(await png(width, height))).metadata()
  expect([format, gotW, gotH]).toEqual(['webp', w, h])
})

it('a damaged PNG is a wrong value', async () => {
  await expect(smallCopy((await png(9, 9)).subarray(0, 20))).rejects.toMatchObject({ field: 'png' })
})
