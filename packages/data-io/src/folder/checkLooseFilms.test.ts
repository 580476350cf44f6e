import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { greyPng } from '../testing/greyPng.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import { checkLooseFilms } from './checkLooseFilms.ts'
import { streamFilms } from './streamFilms.ts'

const png = greyPng(6, 4)

test('films side by side, by name; what is no film and what lies deeper is left alone', async () => {
  const root = writeFolder({
    'b.png': png,
    'a.PNG': greyPng(5, 5),
    'notes.txt': '',
    '._a.png': '',
    'deeper/c.png': png,
  })
  const folder = await checkLooseFilms(root)
  expect(folder).toMatchObject({ layout: undefined, folder: root, left: { bad: [], laterals: [] } })
  expect(folder.films).toEqual([
    { film: 'a', path: join(root, 'a.PNG'), format: 'png', rows: 5, columns: 5 },
    { film: 'b', path: join(root, 'b.png'), format: 'png', rows: 6, columns: 4 },
  ])
  const read: string[] = []
  for await (const { film, pixels } of streamFilms(folder, { size: 8, workers: 0 }))
    read.push(`${film.film} ${pixels.length}`)
  expect(read).toEqual(['a 64', 'b 64'])
})

test('every problem with its file, or left out by choice', async () => {
  const root = writeFolder({ 'a.png': png.slice(0, 20), 'b.png': 'text', 'c.png': png, 'd.jpg': 'x', 'e.png': png })
  await expect(checkLooseFilms(root)).rejects.toThrow(/- a\.png: .*\n {2}- b\.png: .*\n {2}- d\.jpg: /)
  const { films, left } = await checkLooseFilms(root, { skipBad: true })
  expect(films.map(({ film }) => film)).toEqual(['c', 'e'])
  expect(left.bad.map(({ film }) => film)).toEqual(['a', 'b', 'd'])
})

test('two files of one name, no film, no folder', async () => {
  const twice = writeFolder({ 'c.png': png, 'c.PNG': png })
  await expect(checkLooseFilms(twice)).rejects.toThrow(/c\.PNG and c\.png are both film c/)
  await expect(checkLooseFilms(writeFolder({ 'a.txt': '' }))).rejects.toThrow(/no film \(\.dcm/)
  await expect(checkLooseFilms(join(twice, 'gone'))).rejects.toThrow(/there is no such folder/)
  await expect(checkLooseFilms(join(twice, 'c.png'))).rejects.toThrow(/it is a file, not a folder/)
  await expect(checkLooseFilms(writeFolder({ 'a.png': 'x' }), { skipBad: true })).rejects.toThrow(/no film is left/)
})
