import { expect, it } from '@jest/globals'
import { seriesRecorder } from './SeriesRecorder.ts'

it('means are over the steps that have the log, also where a window is taken up again', () => {
  const whole = seriesRecorder(4)
  const first = seriesRecorder(4)
  const steps = [{ a: 1 }, { b: 5 }, { a: 3 }, { a: 5 }, { b: 7 }]
  steps.forEach((logs, i) => whole.add(i + 1, logs))
  steps.slice(0, 2).forEach((logs, i) => first.add(i + 1, logs))
  const again = seriesRecorder(4, { rows: first.rows, open: first.open() })
  steps.slice(2).forEach((logs, i) => again.add(i + 3, logs))
  for (const recorder of [whole, again]) {
    recorder.close()
    expect(recorder.rows).toEqual([
      { step: 4, name: 'a', value: 3 },
      { step: 4, name: 'b', value: 5 },
      { step: 5, name: 'b', value: 7 },
    ])
  }
})
