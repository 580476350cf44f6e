/** Row ids of the acceptance list in a text: `G7–G9, P4` → G7, G8, G9, P4. */
export const rowIds = (text: string): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const [, letter, from, to] of text.matchAll(/\b([A-Z])(\d+)(?:\s*[–-]\s*[A-Z]?(\d+))?/g)) {
    const last = Math.min(Number(to ?? from), Number(from) + 99)
    for (let n = Number(from); n <= Math.max(Number(from), last); n++) found.add(`${letter}${n}`)
  }
  return found
}
