// How problems of a folder are collected: one list, in the order in which they are found. Messages may quote what a table
// or a file name holds, which may be anything: control characters are written out, so that no terminal obeys them. Used
// by checkFolder and by every layout.
import type { FolderProblem, FolderProblemKind } from './FolderError.ts'
import { printable } from './printable.ts'

/** @param film id of the film that it is about, where it is about one */
export type Report = (kind: FolderProblemKind, message: string, film?: string) => void

const SHOWN = 80
/** A field of a table may be a megabyte. */
const LONGEST = 2000

/** A value in quotation marks, shortened. */
export const quoted = (value: string): string => (value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`)

/** An empty list and the function that adds to it. */
export const problemList = (): { readonly problems: ReadonlyArray<FolderProblem>; readonly report: Report } => {
  const problems: FolderProblem[] = []
  const report: Report = (kind, message, film) => {
    problems.push({
      kind,
      message: printable(message.length > LONGEST ? `${message.slice(0, LONGEST)}…` : message),
      ...(film !== undefined && { film }),
    })
  }
  return { problems, report }
}

/** Reports what was collected apart, in its order. */
export const passOn = (problems: ReadonlyArray<FolderProblem>, report: Report): void => {
  for (const { kind, message, film } of problems) report(kind, message, film)
}
