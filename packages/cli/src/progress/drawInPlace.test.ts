// The drawing scheme on a terminal emulator: what a person sees, and what is left when the process is gone at any moment.
import { describe, expect, it } from '@jest/globals'
import { emulator } from '../testing/emulator.ts'
import type { Emulator } from '../testing/emulator.ts'
import { drawInPlace } from './drawInPlace.ts'

/** A region over an emulator; each write is sent at once. */
const onEmulator = (columns: number, rows: number) => {
  const screen = emulator(columns, rows)
  let size = { columns, rows }
  const writes: string[] = []
  let sent = 0
  const region = drawInPlace({
    out: (text) => void writes.push(text),
    columns: () => size.columns,
    rows: () => size.rows,
  })
  const shown = async (): Promise<ReadonlyArray<string>> => {
    for (; sent < writes.length; sent++) await screen.write(writes[sent]!)
    // with what scrolled away
    const lines = [...screen.scrolled()]
    while (lines.at(-1) === '') lines.pop()
    return lines
  }
  const resize = async (c: number, r: number): Promise<void> => {
    await shown()
    screen.resize(c, r)
    size = { columns: c, rows: r }
  }
  return { region, shown, writes, resize, screen }
}

describe('a region', () => {
  it('is drawn again in place; what is printed above it scrolls away', async () => {
    const { region, shown } = onEmulator(20, 6)
    region.draw(['one', 'two'], 'title\n')
    expect(await shown()).toEqual(['title', 'one', 'two'])
    region.draw(['one', 'two and a half', 'three'])
    expect(await shown()).toEqual(['title', 'one', 'two and a half', 'three'])
    region.draw(['eins'], 'a stage ended\n')
    expect(await shown()).toEqual(['title', 'a stage ended', 'eins'])
    region.draw(['eins', 'b', 'c', 'd'])
    expect(await shown()).toEqual(['title', 'a stage ended', 'eins', 'b', 'c', 'd'])
    region.erase()
    region.draw([], 'the end\n')
    expect(await shown()).toEqual(['title', 'a stage ended', 'the end'])
  })

  it('writes once a frame, nothing where nothing has changed, and only the lines that have', () => {
    const { region, writes } = onEmulator(40, 20)
    const lines = ['a quiet line', 'count 1', 'another quiet line']
    region.draw(lines)
    region.draw([...lines])
    expect(writes).toHaveLength(1)
    region.draw(['a quiet line', 'count 2', 'another quiet line'])
    expect(writes).toHaveLength(2)
    expect(writes[1]).toContain('count 2')
    expect(writes[1]).not.toContain('quiet')
  })

  it('stands whole after the window became narrower, wider, lower and higher', async () => {
    const { region, shown, resize, screen } = onEmulator(40, 12)
    const lines = (columns: number): ReadonlyArray<string> =>
      [1, 2, 3].map((i) => `${i} `.padEnd(columns - 1, 'abcdefghij').slice(0, columns - 1))
    region.draw(lines(40), 'above\n')
    for (const [columns, rows] of [
      [17, 12],
      [60, 12],
      [30, 7],
      [30, 30],
      [9, 20],
      [80, 24],
    ] as const) {
      await resize(columns, rows)
      region.draw(lines(columns))
      await shown()
      // an emulator may have moved what stood above out of sight
      expect(screen.screen().filter((line) => line !== '' && line !== 'above')).toEqual(lines(columns))
      expect(await screen.leftovers()).toEqual([])
      await screen.write('\r\u001B[K')
    }
  })

  it('that no longer fits the window leaves what scrolled away, and stands whole on the screen', async () => {
    const { region, shown, resize, screen } = onEmulator(40, 12)
    region.draw(Array.from({ length: 10 }, (_, i) => `${i} `.padEnd(39, '.')))
    await resize(20, 5)
    region.draw(['short', 'tree'])
    await shown()
    expect(screen.screen()).toEqual(['short', 'tree', '', '', ''])
  })

  it('leaves a terminal as a shell expects it after every frame, and after every byte of text that is no half of a code', async () => {
    const { region, writes } = onEmulator(30, 8)
    for (let i = 0; i < 12; i++)
      region.draw(
        Array.from(
          { length: 2 + (i % 4) },
          (_, row) => `\u001B[32m✓\u001B[39m row ${row}${row === 1 ? ` of ${i}` : ''}`,
        ),
        i % 3 === 0 ? `stage ${i} done\n` : '',
      )
    let screen: Emulator = emulator(30, 8)
    for (const text of writes) {
      await screen.write(text)
      expect(await screen.leftovers()).toEqual([])
      // what `leftovers` typed is taken back
      await screen.write('\b \b')
    }
    // no mode, margin, second screen or hidden cursor, wherever a frame is cut off: there is no code for one in it
    const codes = writes.join('').split('\u001B').slice(1)
    expect(new Set(codes.map((code) => /^\[\d*([A-Za-z])/.exec(code)?.[1]))).toEqual(new Set(['A', 'B', 'J', 'K', 'm']))
    // a colour never reaches the end of its line
    for (const line of writes.join('').split('\n')) expect(line.split('[32m').length).toBe(line.split('[39m').length)
    screen = emulator(30, 8)
    await screen.write('\u001B[?25l')
    expect(await screen.leftovers()).toEqual(['a hidden cursor'])
    await screen.write('\u001B[?2004h\u001B[31m')
    expect(await screen.leftovers()).toEqual(expect.arrayContaining(['mode bracketedPasteMode', 'a colour']))
  })
})
