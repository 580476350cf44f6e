import { describe, expect, it } from '@jest/globals'
import { problemList } from '../../folder/report.ts'
import { readBox } from './readBox.ts'
import { sexOf } from './sexOf.ts'
import { tableRows } from './tableRows.ts'
import { walkCsv } from './walkCsv.ts'
import { yearsOf } from './yearsOf.ts'

const rowsOf = (content: string | Uint8Array, ...cells: ReadonlyArray<string>) => {
  const rows: unknown[] = []
  const columns = walkCsv(content, ({ line, cell, at }) => rows.push([line, ...cells.map(cell), at(0)]))
  return { columns, rows }
}

describe('walkCsv', () => {
  it('byte order mark, Windows line ends, quotes, short and empty rows, line numbers', () => {
    expect(rowsOf('\uFEFFa , b\r\n"1,5", x \r\n\r\n2\r\n', 'a', 'b', 'c')).toEqual({
      columns: ['a', 'b'],
      rows: [
        [2, '1,5', 'x', '', '1,5'],
        [4, '2', '', '', '2'],
      ],
    })
  })

  it('an empty file has no columns; bytes that are not UTF-8 are replaced', () => {
    expect(rowsOf('')).toEqual({ columns: [], rows: [] })
    expect(rowsOf(Uint8Array.of(0x61, 0x0a, 0xff, 0x62), 'a').rows).toEqual([[2, '\uFFFDb', '\uFFFDb']])
  })

  it('a view into a larger buffer is read, and nothing beside it', () => {
    const bytes = new TextEncoder().encode('zzza\n1\nzzz')
    expect(rowsOf(bytes.subarray(3, 6), 'a').rows).toEqual([[2, '1', '1']])
  })

  it('UTF-16 with its mark, as spreadsheets save it', () => {
    expect(rowsOf(Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'a', 'b').rows).toEqual([[2, '1', '2', '1']])
  })

  it('an unclosed quotation mark, a field beyond 1 MiB, more than 10,000 columns', () => {
    expect(() => walkCsv('a\n"1\n2\n3\n', () => {})).toThrow(/[Qq]uote/)
    expect(walkCsv(`a\n"${'x'.repeat(2 ** 20)}"\n`, () => {})).toEqual(['a'])
    expect(() => walkCsv(`a\n"${'x'.repeat(2 ** 20 + 9)}"\n`, () => {})).toThrow(/Max Record Size/)
    expect(() => walkCsv(`a${','.repeat(10_000)}\n`, () => {})).toThrow('more than 10000 columns')
    expect(walkCsv(`a${','.repeat(9_999)}\n`, () => {})).toHaveLength(10_000)
  })
})

describe('tableRows', () => {
  const problemsWith = (content: string, mayBeEmpty = false) => {
    const { problems, report } = problemList()
    const rows = tableRows({ name: 't.csv', content }, ['a', 'b'], report, () => {}, { mayBeEmpty })
    return [rows, ...problems.map(({ kind, message }) => `${kind}: ${message}`)]
  }

  it('missing columns, no rows, no CSV', () => {
    expect(problemsWith('a,b\n1,2\n3,4')).toEqual([2])
    expect(problemsWith('a,c\n1,2')).toEqual([1, 'column: t.csv has no column "b"; it has a, and 1 other(s)'])
    expect(problemsWith('')).toEqual([0, 'column: t.csv has no column "a", "b"; the file is empty'])
    expect(problemsWith('a,b\n')).toEqual([0, 'missing: t.csv has no rows'])
    expect(problemsWith('a,b\n', true)).toEqual([0])
    expect(problemsWith('a,b\n"1')).toEqual([0, expect.stringMatching(/^table: t\.csv is not a CSV file: /)])
    const wide = Array.from({ length: 30 }, () => 'Age').join(',')
    expect(problemsWith(wide)[1]).toMatch(/; it has (?:Age, ){20}and 10 other\(s\)$/)
  })

  it('a first row that is no header is not quoted: it may hold names', () => {
    expect(problemsWith('Jane Doe,1950-01-01,F\nJohn Doe,1950-01-02,M')).toEqual([
      1,
      'column: t.csv has no column "a", "b"; its first row, which should name its columns, holds 3 other value(s) between commas',
    ])
    expect(problemsWith('patientid,Jane Doe,Edema')[1]).toMatch(/; it has patientid, Edema, and 1 other\(s\)$/)
  })

  it('what a reader of rows throws is no fault of the file', () => {
    const wrong = new TypeError('x')
    const read = () =>
      tableRows({ name: 't.csv', content: 'a\n1' }, ['a'], problemList().report, () => {
        throw wrong
      })
    expect(read).toThrow(wrong)
  })

  it('what a message quotes moves no terminal', () => {
    const { problems, report } = problemList()
    tableRows({ name: '\u001B[2Jt\u202E.csv', content: 'c' }, ['a'], report, () => {})
    expect(problems[0]!.message).toMatch(/^\\u\{1b\}\[2Jt\\u\{202e\}\.csv has no column "a"/)
  })
})

it('years: of NIH’s first table and of the second, and none beyond 120', () => {
  const texts = ['58', '058Y', '58.0', '006M', '013m', '400D', '104W', '411Y', '148', '', 'x', '-1', '5 8']
  expect(texts.map(yearsOf)).toEqual([58, 58, 58, 0, 1, 1, 1, -1, -1, -1, -1, -1, -1])
})

it('sexes: those of DICOM, however they are written, and nothing else that a cell holds', () => {
  const texts = ['F', 'male', 'Female', 'O', 'Unknown', 'Jane Doe', 'constructor', '']
  expect(texts.map(sexOf)).toEqual(['F', 'M', 'F', 'O', '', '', '', ''])
})

it('a box: x, y, width, height to corners', () => {
  expect(readBox(['1.5', '2', '3', '4'])).toEqual({ box: [1.5, 2, 4.5, 6] })
  expect(readBox(['1', '2', '3', '-4'])).toMatchObject({ kind: 'box' })
  expect(readBox(['1', '2', 'Infinity', '4'])).toEqual({
    kind: 'number',
    what: 'width is "Infinity", expected a number',
  })
  expect(readBox(['1', '', '3', '4'])).toEqual({ kind: 'number', what: 'y is "", expected a number' })
})
