// Texts measured and cut as the server and its databases count them: in code points, never between the halves of a pair.

export const lengthOf = (text: string): number => {
  let length = 0
  for (const _ of text) length += 1
  return length
}

export const firstCharacters = (text: string, count: number): string => Array.from(text).slice(0, count).join('')
