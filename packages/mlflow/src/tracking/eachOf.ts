// Does something with each item, several at a time. After a failure nothing new is begun, and it is told once what was begun
// has ended: whoever tries again is then alone. Used by Sender.

export const eachOf = async <A>(
  items: ReadonlyArray<A>,
  atOnce: number,
  act: (item: A) => Promise<void>,
): Promise<void> => {
  const waiting = [...items].values()
  const failures: unknown[] = []
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      try {
        await act(item)
      } catch (error) {
        failures.push(error)
      }
      if (failures.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (failures.length > 0) throw failures[0]
}
