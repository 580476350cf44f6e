import { expect, it } from '@jest/globals'
import { pathHider } from './pathHider.ts'

it('names folders by what they are, with all that follows, the longest first', () => {
  const hide = pathHider({
    '/': 'root',
    '/work': 'a folder of this machine',
    '/work/.radiograft/store': 'the store',
    '/data/Mr Miller (1)': 'the data',
  })
  expect(hide('cannot read /data/Mr Miller (1)/a/b.dcm: denied')).toBe('cannot read (the data): denied')
  expect(hide('"/work/.radiograft/store/blobs/ab",')).toBe('"(the store)",')
  expect(hide('/work/x.ts:3 and /workshop/x /other/work/x')).toBe(
    '(a folder of this machine) and /workshop/x /other/work/x',
  )
  expect(hide('a / b, 1/2, //cdn')).toBe('a / b, 1/2, //cdn')
})

it('homes of anybody', () => {
  const hide = pathHider({})
  expect(hide('at /home/ann/x.ts:3, /Users/ann/y')).toBe('at (a folder of this machine), (a folder of this machine)')
  expect(hide('the address /homes/ann')).toBe('the address /homes/ann')
})
