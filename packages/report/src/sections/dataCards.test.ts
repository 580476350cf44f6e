import { expect, test } from '@jest/globals'
import { exampleInput } from '../testing/exampleInput.ts'
import { dataCards } from './dataCards.ts'
import { sources } from './sources.ts'

const input = exampleInput()
const plain = (text: string): string => text.replaceAll(/<[^>]*>/g, '')

test('phantoms that stand in for a data set are not called its films', () => {
  const { body, parts } = dataCards(input)!
  expect(parts!.map(({ title }) => title)).toEqual(['Phantom films (input rsna)', 'target'])
  expect(plain(body.text)).toContain('Phantom films (input rsna), by part')
  expect(plain(body.text)).toContain('Films of target, by part')
  expect(body.text).not.toContain('Films of rsna')
  expect(sources(input)!.body.text).toContain('<th scope="row">Phantom films (input rsna)</th>')
})

test('bits a pixel and the films that have them do not run together', () => {
  expect(dataCards(input)!.body.text).toContain('bits a pixel: 8 on 58 films, 16 on 2 films.')
})
