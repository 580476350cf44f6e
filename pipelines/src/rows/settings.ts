// The values that the stages of a run have, `--set` included, for the rows that say what was chosen. Read from the graph
// itself, so that no line can name another value than the one that a stage is given.
import type { AnyRef, Node } from '@radiograft/pipeline'

export type SettingValue = string | number | boolean
/** Several values where arms differ. */
export type Settings = Readonly<Record<string, ReadonlyArray<SettingValue>>>

/** 3, 4, 5, 6, 7 → `3–7` */
const listText = (values: ReadonlyArray<unknown>): string => {
  const inRow = values.length > 1 && values.every((v, i) => typeof v === 'number' && v === Number(values[0]) + i)
  return inRow ? `${String(values[0])}–${String(values.at(-1))}` : values.join(', ')
}

const plain = (value: unknown): SettingValue =>
  typeof value === 'number' || typeof value === 'boolean'
    ? value
    : Array.isArray(value)
      ? listText(value)
      : String(value)

/**
 * @param names those that are wanted, `<node>.<parameter>`
 * @param refs from here back to the data sets
 */
export const settingsOf = (names: ReadonlyArray<string>, refs: ReadonlyArray<AnyRef>): Settings => {
  const wanted = new Map<string, string[]>()
  for (const name of names) {
    const [id, param] = name.split('.') as [string, string]
    wanted.set(id, [...(wanted.get(id) ?? []), param])
  }
  const found = new Map<string, Set<SettingValue>>()
  const seen = new Set<string>()
  const visit = ({ node }: { readonly node: Node }): void => {
    if (seen.has(node.identity)) return
    seen.add(node.identity)
    for (const wired of Object.values(node.inputs))
      for (const ref of Array.isArray(wired) ? (wired as ReadonlyArray<AnyRef>) : [wired as AnyRef]) visit(ref)
    for (const param of wanted.get(node.id) ?? []) {
      if (!(param in node.params)) continue
      const name = `${node.id}.${param}`
      found.set(name, (found.get(name) ?? new Set<SettingValue>()).add(plain(node.params[param])))
    }
  }
  refs.forEach(visit)
  return Object.fromEntries([...found].map(([name, values]) => [name, [...values]]))
}
