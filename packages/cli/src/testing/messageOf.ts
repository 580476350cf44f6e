// What a call says when it refuses: the message of the `UsageError` that it must throw.
import { expect } from '@jest/globals'

export const messageOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    expect(error).toMatchObject({ _tag: 'UsageError' })
    return (error as Error).message
  }
  return 'no error'
}
