// How a verdict is set: by sign and word, and by colour besides.

export type Tone = 'holds' | 'fails' | 'unsure'

export const signs: Readonly<Record<Tone, string>> = { holds: '✓', fails: '✗', unsure: '?' }

/** Whatever is neither of the two is not known. */
export const toneOf = (verdict: string): Tone => (verdict === 'holds' || verdict === 'fails' ? verdict : 'unsure')
