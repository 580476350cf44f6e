import { expect, it } from '@jest/globals'
import { Interrupted, stopCode, untilStopped } from './untilStopped.ts'

const never = (): Promise<never> => new Promise(() => {})

it('work settles as it would alone', async () => {
  const { signal } = new AbortController()
  await expect(untilStopped(async () => 7, signal)).resolves.toBe(7)
  await expect(untilStopped(() => Promise.reject(new RangeError('x')), signal)).rejects.toThrow(RangeError)
})

it('a signal ends work that has nothing to save, and work that has not begun', async () => {
  const stop = new AbortController()
  const ended = untilStopped(never, stop.signal)
  stop.abort('SIGTERM')
  await expect(ended).rejects.toThrow(Interrupted)
  let begun = false
  await expect(untilStopped(async () => (begun = true), stop.signal)).rejects.toThrow(Interrupted)
  expect(begun).toBe(false)
})

it('work that listens for the signal ends in its own time', async () => {
  const stop = new AbortController()
  const saved = new Promise<string>((settle) =>
    stop.signal.addEventListener('abort', () => setTimeout(() => settle('saved'), 20)),
  )
  const ended = untilStopped(() => saved, stop.signal)
  stop.abort('SIGINT')
  await expect(ended).resolves.toBe('saved')
})

it('exit codes as shells give them', () => {
  expect(['SIGHUP', 'SIGINT', 'SIGPIPE', 'SIGTERM', undefined].map(stopCode)).toEqual([129, 130, 141, 143, 130])
})
