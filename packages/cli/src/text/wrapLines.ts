// A text in lines of at most so many characters: broken at spaces, a longer word wherever it must be.

export const wrapLines = (text: string, width: number): ReadonlyArray<string> => {
  const lines: string[] = []
  let line: string[] = []
  for (const word of text.split(' ')) {
    let rest = Array.from(word)
    if (line.length > 0 && line.length + 1 + rest.length <= width) {
      line.push(' ', ...rest)
      continue
    }
    if (line.length > 0) lines.push(line.join(''))
    while (rest.length > width) {
      lines.push(rest.slice(0, width).join(''))
      rest = rest.slice(width)
    }
    line = rest
  }
  return [...lines, line.join('')]
}
