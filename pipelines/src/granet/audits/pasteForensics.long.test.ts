// Five seeds of the forensics at both sizes: hard-edged pastes are found, and what was never grafted is not.
import { expect, it } from '@jest/globals'
import { defaultsOf, stageContext } from '@radiograft/pipeline/testing'
import { forensicPhantom } from '../../testing/forensicPhantom.ts'
import { auditAlarms } from './auditAlarms.ts'
import { pasteForensics } from './pasteForensics.ts'
import { run } from './pasteForensics.run.ts'

const params = defaultsOf(pasteForensics, { resamples: 500 })

it.each(
  [1, 2, 3, 4, 5].flatMap((seed) => [
    { seed, size: 128 },
    { seed, size: 64 },
  ]),
)('seed $seed at $size²: a visible seam alarms, untouched films do not', async ({ seed, size }) => {
  const { inputs, pasted, blended, untouched } = forensicPhantom(seed, size, 60)
  const ctx = stageContext({ seed })
  const { metrics } = await run({ params, inputs: { ...inputs, blended: pasted, generated: untouched }, ctx })
  const poisson = await run({ params, inputs: { ...inputs, blended, generated: undefined }, ctx })
  const auc = (rows: typeof metrics, arm: string) => rows.find((r) => r.arm === arm && r.metric === 'forensics-auc')!
  const verdicts = auditAlarms({ metrics, provenance: [], split: inputs.split })
  const verdict = (name: string) => verdicts.find(({ audit }) => audit === name)!.verdict
  const shown = [auc(metrics, 'paste'), auc(metrics, 'realistic'), auc(poisson.metrics, 'poisson')]
  console.log(
    `seed ${seed}, ${size}: paste, untouched, poisson ${shown.map((r) => `${r.value.toFixed(3)} [${r.low.toFixed(2)}, ${r.high.toFixed(2)}]`).join(' ')}`,
  )
  expect(auc(metrics, 'paste').value).toBeGreaterThanOrEqual(0.9)
  expect(verdict('forensics find hard pastes')).toBe('quiet')
  expect(verdict('seam of grafts (poisson)')).toBe('alarm') // the rigged run: pastes that pass for blended
  expect(verdict('seam of grafts (realistic)')).not.toBe('alarm')
})
