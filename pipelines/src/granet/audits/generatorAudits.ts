// What a generated normal film may be suspected of, by the figures of `measure-pseudo-normal`.
import type { MetricRow } from '@radiograft/pipeline'
import { isKnown, judged, unmeasured, type Audit, type Suspicion } from './Audit.ts'
import * as rules from './auditRules.ts'
import type { AuditVerdict, Measured } from './auditRules.ts'

interface Figure extends Suspicion {
  /** the first that was measured counts */
  readonly metrics: ReadonlyArray<string>
  readonly judge: (measured: Measured) => AuditVerdict
  /** to the unit that is shown @default as it is */
  readonly shown?: (value: number) => number
}

const figures: ReadonlyArray<Figure> = [
  {
    audit: 'residual does not point at lesions',
    rows: 'G15, G16',
    measure: 'energy of |x − G(x)| a pixel, inside lesions over outside; 1 for noise and for an empty residual',
    unit: '',
    counted: 'films with a lesion',
    metrics: ['residual-energy-ratio-lesion', 'residual-energy-ratio-boxes'],
    judge: rules.residualIsNoise,
    rule: 'alarm: surely below 2; quiet: surely above',
    advice: 'Train the abnormal-to-normal generator longer, or with the input skip; do not read attention results.',
  },
  {
    audit: 'generator copies its input',
    rows: 'G10, G16',
    measure:
      'likeness (PSNR) of G(x) to the true film without lesion, less that of x itself, inside boxes; 0 for a copy',
    unit: 'dB',
    counted: 'films with a lesion',
    metrics: ['psnr-gain-over-copying'],
    judge: rules.copiesItsInput,
    rule: 'alarm: surely below 3 dB and perhaps 0 or less; quiet: surely above 0',
    advice: 'Look at |x − G(x)|; raise the weight of L1 or train longer; check that inputs and targets differ.',
  },
  {
    audit: 'generator changes nothing in boxes',
    rows: 'G10, G16',
    measure: 'root mean square of x − G(x) inside boxes, grey levels of 255',
    unit: '',
    counted: 'films with a lesion',
    metrics: ['residual-energy-in-boxes'],
    judge: rules.changesNothing,
    shown: (energy) => 255 * Math.sqrt(energy),
    rule: 'alarm: surely below 6, a lesion that can just be seen; quiet: surely above',
    advice: 'The generator leaves lesions as they are: treat the residual as empty.',
  },
  {
    audit: 'generator changes normal films',
    rows: 'G16, G32',
    measure: 'mean |x − G(x)| of normal films, grey levels of 255',
    unit: '',
    counted: 'normal films',
    metrics: ['identity-mae-normals'],
    judge: rules.harmsNormals,
    shown: (error) => 255 * error,
    rule: 'alarm: surely above 6, a lesion that can just be seen; quiet: surely below',
    advice: 'Give the generator normal films too (the identity term of G32), or the input skip.',
  },
  {
    audit: 'generator changes films outside boxes',
    rows: 'G16',
    measure: 'likeness (PSNR) of G(x) to x outside boxes',
    unit: 'dB',
    counted: 'films with a lesion',
    metrics: ['psnr-outside-boxes'],
    judge: rules.harmsOutside,
    rule: 'alarm: surely below 40 dB, which is more than the noise of a film; quiet: surely above',
    advice: 'The residual holds anatomy: expect attention outside lesions.',
  },
]

const CONTROL = 'A control, untrained on purpose: an alarm is expected, and is none of the run.'

/** Bad on purpose: what attention is held against. */
const isControl = (arm: string): boolean => /^generator:untrained\b/.test(arm)

/** Of the test part; each of several generators under its own name. */
export const generatorAudits = (metrics: ReadonlyArray<MetricRow>): ReadonlyArray<Audit> =>
  figures.flatMap(({ metrics: wanted, judge, shown = (value) => value, ...suspicion }) => {
    const tested = metrics.filter((row) => row.part === 'test')
    const name = wanted.find((metric) => tested.some((row) => row.metric === metric))
    const rows = tested.filter((row) => row.metric === name)
    if (rows.length === 0) return [unmeasured(suspicion)]
    return rows.map((row) => {
      const audit = rows.length === 1 ? suspicion.audit : `${suspicion.audit} (${row.arm})`
      const measured = { value: shown(row.value), low: shown(row.low), high: shown(row.high), n: row.n }
      const one = judged({ ...suspicion, audit }, measured, isKnown(row) ? judge(row) : 'cannot tell')
      return isControl(row.arm) ? { ...one, control: true as const, advice: CONTROL } : one
    })
  })
