// What became of a box or a film, in words and in a style of line: colour alone tells nothing.

/** `found` (or `found by plain`) and `missed` true boxes, `hit` and `false` detections; all others are drawn alike. */
export type LineStyle = 'found' | 'missed' | 'hit' | 'false' | 'other'

export const lineStyleOf = (outcome: string): LineStyle =>
  /^found\b/.test(outcome)
    ? 'found'
    : outcome === 'missed' || outcome === 'hit' || outcome === 'false'
      ? outcome
      : 'other'

/** Of a box. */
export const markWord = (outcome: string): string =>
  outcome === '' ? 'not compared' : outcome === 'false' ? 'false alarm' : outcome

/** Of several boxes: `2 false alarms`, `2 missed`. */
export const markWords = (outcome: string, n: number): string => {
  const word = markWord(outcome)
  return `${n} ${n !== 1 && (outcome === 'hit' || outcome === 'false') ? `${word}s` : word}`
}

/** Of a film. */
export const outcomeWord = (outcome: string): string => (outcome === '' ? 'not judged' : outcome)

/** A sign beside the word: right, wrong, not known. */
export const outcomeSign = (outcome: string): string =>
  outcome.startsWith('true ') ? '✓' : outcome.startsWith('false ') ? '✗' : '·'

/** Sets are named by letters over a film, where room is short: T for the truth, then A, B, …, Z, A2, … */
export const letterOf = (sets: ReadonlyArray<string>, set: string, truth: string): string => {
  if (set === truth) return 'T'
  const i = sets.filter((one) => one !== truth).indexOf(set)
  const letters = 'ABCDEFGHIJKLMNOPQRSUVWXYZ'
  return letters[i % letters.length]! + (i < letters.length ? '' : String(Math.floor(i / letters.length) + 1))
}
