import { expect, it } from '@jest/globals'
import { exampleInput } from '../testing/exampleInput.ts'
import { modelCards } from './modelCards.ts'

const cardsOf = (networks: number) => {
  const input = exampleInput()
  const [model] = input.models
  const models = Array.from({ length: networks }, (_, i) => ({ ...model!, stage: `fit-detector[seed=${i}]` }))
  return modelCards({ ...input, models: [...models, { ...model!, stage: 'fit-aligner' }] })!
}

it('few networks have a card each; of many, those of one stage share the card of the first', () => {
  expect(cardsOf(3).parts!.map(({ title }) => title)).toEqual([
    'fit-detector[seed=0]',
    'fit-detector[seed=1]',
    'fit-detector[seed=2]',
    'fit-aligner',
  ])
  const many = cardsOf(40)
  expect(many.parts!.map(({ title }) => title)).toEqual(['fit-detector, 40 networks', 'fit-aligner'])
  const { text } = many.body
  expect(text.split('<article ').length - 1).toBe(2)
  expect(text).toContain('The first of 40 networks of <code>fit-detector</code>')
})
