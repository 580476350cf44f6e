/**
 * `count` items at equal distances along a list, both ends among them, in order: a choice that anyone can repeat and that
 * nobody can bend. All items where there are no more than asked for; the middle one where one is asked for.
 */
export const evenly = <T>(items: ReadonlyArray<T>, count: number): ReadonlyArray<T> => {
  if (items.length <= count) return items
  if (count === 1) return [items[Math.floor((items.length - 1) / 2)]!]
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!)
}
