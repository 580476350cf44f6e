// A real terminal emulator without a window: bytes in, what a person sees out.
import xterm from '@xterm/headless'

export interface Emulator {
  readonly write: (bytes: string | Uint8Array) => Promise<void>
  readonly resize: (columns: number, rows: number) => void
  /** the screen, a line a row, spaces at the ends of lines cut; what scrolled above it is not there */
  readonly screen: () => ReadonlyArray<string>
  /** all that was ever printed and not erased, the screen last */
  readonly scrolled: () => ReadonlyArray<string>
  /** from 0, on the screen */
  readonly cursor: () => { readonly row: number; readonly column: number; readonly hidden: boolean }
  /** what is not as a shell expects it: modes, a second screen, margins, a colour that goes on; empty where all is well */
  readonly leftovers: () => Promise<ReadonlyArray<string>>
}

/** The modes of a terminal that has just been opened. */
const freshModes = new xterm.Terminal({ allowProposedApi: true }).modes

interface Inner {
  readonly _core: {
    readonly coreService: { readonly isCursorHidden: boolean }
    readonly buffer: { readonly scrollTop: number; readonly scrollBottom: number }
  }
}

export const emulator = (columns: number, rows: number): Emulator => {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true })
  const write = (bytes: string | Uint8Array): Promise<void> =>
    // as the driver of a terminal does with ends of lines
    new Promise((done) =>
      terminal.write(typeof bytes === 'string' ? bytes.replaceAll(/(?<!\r)\n/g, '\r\n') : bytes, done),
    )
  const lines = (from: number): ReadonlyArray<string> => {
    const { active } = terminal.buffer
    return Array.from({ length: active.length - from }, (_, i) => active.getLine(from + i)!.translateToString(true))
  }
  const { _core: core } = terminal as unknown as Inner
  return {
    write,
    resize: (c, r) => terminal.resize(c, r),
    screen: () => lines(terminal.buffer.active.baseY),
    scrolled: () => lines(0),
    cursor: () => ({
      row: terminal.buffer.active.cursorY,
      column: terminal.buffer.active.cursorX,
      hidden: core.coreService.isCursorHidden,
    }),
    leftovers: async () => {
      const { modes } = terminal
      const names = Object.keys(freshModes) as ReadonlyArray<keyof typeof freshModes>
      const { active } = terminal.buffer
      const at = { row: active.baseY + active.cursorY, column: active.cursorX }
      const found = [
        ...names.filter((name) => modes[name] !== freshModes[name]).map((name) => `mode ${name}`),
        ...(terminal.buffer.active.type === 'normal' ? [] : ['the second screen']),
        ...(core.coreService.isCursorHidden ? ['a hidden cursor'] : []),
        ...(core.buffer.scrollTop === 0 && core.buffer.scrollBottom === terminal.rows - 1 ? [] : ['margins']),
        ...(at.column === 0 || active.getLine(at.row)!.translateToString(true).startsWith('^C')
          ? []
          : ['the cursor in the middle of a line']),
        ...(active.getLine(at.row)!.translateToString(true).replace('^C', '') === ''
          ? []
          : ['text in the cursor’s line']),
      ]
      await write('x')
      const cell = active.getLine(at.row)!.getCell(at.column)!
      return cell.isAttributeDefault() ? found : [...found, 'a colour']
    },
  }
}
