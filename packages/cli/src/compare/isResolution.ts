// Rows beside a metric that say what a study could have found, not what it found: `compare` neither takes nor offers them.

export const isResolution = (metric: string): boolean => /-(smallest-detectable|p|p-holm|simultaneous)$/.test(metric)
