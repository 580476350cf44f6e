// How a verdict is set: by sign and word, and by colour besides.

export type Tone = 'holds' | 'fails' | 'unsure' | 'untested'

export const signs: Readonly<Record<Tone, string>> = { holds: '✓', fails: '✗', unsure: '?', untested: '○' }

/** Whatever is none of the three is not known. */
export const toneOf = (verdict: string): Tone =>
  verdict === 'holds' || verdict === 'fails' ? verdict : verdict === 'not tested' ? 'untested' : 'unsure'
