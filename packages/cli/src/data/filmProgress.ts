// How far a command has come with its films: one line redrawn on a terminal, a line every ten seconds in a pipe. Used by
// `data` and `phantom`.
import type { Terminal } from '../Terminal.ts'
import { formatSeconds } from '../text/formatSeconds.ts'

export interface FilmProgress {
  /** what is done before the first film; shown on a terminal only */
  readonly begin: (what: string) => void
  readonly step: (done: number, films: number) => void
  /** leaves the terminal as it should be; harmless twice */
  readonly close: () => void
}

/** Seconds between two lines in a pipe, and between two drawings on a terminal. */
const PACE = { plain: 10, live: 0.12 }
/** Seconds until the time that is left can be told. */
const SETTLED = 1
const BAR = 24
const CLEAR = '\r\u001B[0K'

/**
 * @param verb such as `reading`
 * @param last what is done after the last film, such as `comparing the films`
 * @param now seconds, any origin
 * @param write where plain lines go. @default the terminal's stdout
 */
export const filmProgress = (
  terminal: Terminal,
  verb: string,
  last: string,
  now: () => number,
  write: (text: string) => void = terminal.out,
): FilmProgress => {
  const { live, paint } = terminal
  let begun: number | undefined
  let told: number | undefined
  let drawn = false
  const left = (done: number, films: number): string => {
    const passed = now() - (begun ?? now())
    if (done === 0 || passed < SETTLED) return ''
    return `, ${formatSeconds((passed / done) * (films - done))} left`
  }
  const draw = (text: string): void => {
    terminal.out(`${CLEAR}${text}`)
    drawn = true
  }
  return {
    begin: (what) => {
      if (live) draw(paint.dim(` ${what}`))
    },
    step: (done, films) => {
      begun ??= now()
      told ??= live ? -Infinity : begun
      const ended = done === films
      if (now() - told < (live ? PACE.live : PACE.plain) && !(live && ended)) return
      told = now()
      const share = films === 0 ? 1 : done / films
      if (live) {
        const full = Math.round(share * BAR)
        const bar = paint.cyan('━'.repeat(full)) + paint.dim('─'.repeat(BAR - full))
        draw(` ${bar} ${ended ? last : `${verb} ${done} of ${films} films${left(done, films)}`}`)
      } else write(`${verb}: ${done} of ${films} films, ${Math.floor(100 * share)} %${left(done, films)}\n`)
    },
    close: () => {
      if (drawn) terminal.out(CLEAR)
      drawn = false
    },
  }
}
