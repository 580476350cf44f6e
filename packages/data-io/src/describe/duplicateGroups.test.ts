import { describe, expect, it } from '@jest/globals'
import { duplicateGroups } from './duplicateGroups.ts'
import type { ExaminedFilm } from './duplicateGroups.ts'
import { filmOf } from './testing/filmOf.ts'

const seen = (film: string, facts: Parameters<typeof filmOf>[1] = {}, pixels = film, file?: string): ExaminedFilm => ({
  film: filmOf(film, facts),
  pixels,
  file,
})
const pseudonym = (patient: string): string => `name of ${patient}`

describe('duplicateGroups', () => {
  it('the same file, the same pixels, the same look', () => {
    const films = [
      seen('a', {}, 'A', 'file 1'),
      seen('b', {}, 'A', 'file 1'),
      seen('c', {}, 'C', 'file 2'),
      seen('d', {}, 'C'),
      seen('e'),
      seen('f'),
      seen('g'),
    ]
    const groups = duplicateGroups(films, [{ a: 4, b: 5, correlation: 0.993 }], pseudonym)
    expect(groups.map(({ by, correlation, films: those }) => [by, correlation, those.map(({ film }) => film)])).toEqual(
      [
        ['file', 1, ['a', 'b']],
        ['pixels', 1, ['c', 'd']],
        ['look', 0.993, ['e', 'f']],
      ],
    )
  })

  it('what is connected by pairs is one group, by its smallest correlation', () => {
    const films = ['d', 'c', 'b', 'a'].map((name) => seen(name))
    const [group, ...others] = duplicateGroups(
      films,
      [
        { a: 0, b: 3, correlation: 0.995 },
        { a: 1, b: 2, correlation: 0.999 },
        { a: 0, b: 2, correlation: 0.991 },
      ],
      pseudonym,
    )
    expect(others).toEqual([])
    expect(group).toMatchObject({ by: 'look', correlation: 0.991 })
    expect(group!.films.map(({ film }) => film)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('several patients come first, then unknown ones; patients by their pseudonyms', () => {
    const pair = (film: string, one: string, other: string, known = true) => [
      seen(`${film}1`, { patient: one }, film),
      seen(`${film}2`, { patient: other, patientKnown: known }, film),
    ]
    const groups = duplicateGroups(
      [...pair('a', 'p', 'p'), ...pair('b', 'p', 'b2', false), ...pair('c', 'p', 'q')],
      [],
      pseudonym,
    )
    expect(groups.map(({ patients }) => patients)).toEqual(['several', 'unknown', 'one'])
    expect(groups[0]!.films.map(({ patient }) => patient)).toEqual(['name of p', 'name of q'])
    expect(groups[1]!.films.map(({ patient }) => patient)).toEqual(['name of p', ''])
  })

  it('says where targets contradict each other', () => {
    const films = [seen('a', { target: 1 }, 'x'), seen('b', { target: 0 }, 'x'), seen('c', {}, 'y'), seen('d', {}, 'y')]
    expect(duplicateGroups(films, [], pseudonym).map(({ targetsDiffer }) => targetsDiffer)).toEqual([true, false])
  })

  it('a film by itself is no group', () => {
    expect(duplicateGroups([seen('a'), seen('b')], [], pseudonym)).toEqual([])
  })
})
