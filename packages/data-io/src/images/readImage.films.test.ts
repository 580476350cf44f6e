import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { checkImageFile } from './checkImageFile.ts'
import type { ImageHeader } from './GreyImage.ts'
import { readImage } from './readImage.ts'
import { oracleFilms } from './testing/imagesFixture.ts'

it.each(oracleFilms.map((film) => [`${film.folder}/${film.file}`, film] as const))(
  '%s has the pixels of Pillow',
  async (_, { folder, file, rows, columns, sha256 }) => {
    const image = await readImage(readFileSync(filmsFolder(folder, file)), file)
    expect([image.rows, image.columns, image.bits]).toEqual([rows, columns, 8])
    expect(createHash('sha256').update(image.stored).digest('hex')).toBe(sha256)
  },
)

// SHA-256 of what Pillow 13's convert('L') gives for all files of the folder, by name, one after the other
it.each([
  ['nih-mini-1024/images', 54, '30cdbdf05a7761f5b256243466d8a5cdb92d142da44d813ce374a4f445683dc7'],
  ['rsna-mini-64/stage_2_train_images', 186, '5e41f2f4aa03c1a502f01a609112dc95a445fcefa95fbe29c602694d8f7729dd'],
  ['nih-mini/images', 413, 'dbc23534da5b77b3f132bb920892b8d22b526bd700dca6c49eb1c3d60cc380b0'],
  ['kermany-224/NORMAL', 1100, 'f981cf1c0755752187b15a5d328001c258d975610e9836ce8bc1c7e3f7a934bd'],
])(
  'all of %s, checked and read',
  async (folder, count, sha256) => {
    const names = readdirSync(filmsFolder(folder)).toSorted()
    expect(names).toHaveLength(count)
    const digest = createHash('sha256')
    for (const name of names) {
      const path = join(filmsFolder(folder), name)
      const { stored, ...header } = await readImage(readFileSync(path), name)
      digest.update(stored)
      const checked: ImageHeader = await checkImageFile(path)
      expect(checked).toEqual(header)
    }
    expect(digest.digest('hex')).toBe(sha256)
  },
  300_000,
)
