// Facts for the cards of a run that looks like the first pipeline.
import type { ReportInput } from '../ReportInput.ts'

const machine = { cpu: 'Example CPU', threads: 2, arch: 'x64', platform: 'linux' }

export const exampleModels = (): ReportInput['models'] =>
  [
    ['fit-aligner', 'aligner', 11_190_470, ['aligner'], ['curves-1']],
    ['fit-realistic', 'realistic-generator', 268_929, [], ['curves-2']],
    ['fit-abnormal-to-normal', 'abnormal-to-normal-generator', 268_929, ['generator'], []],
    ['fit-detector[attention=off]', 'detector', 11_483_008, ['plain', 'attention − plain'], ['curves-3']],
    ['fit-detector[attention=on]', 'detector', null, ['attention', 'attention − plain'], ['curves-3']],
  ].map((row, i) => {
    const [stage, product, parameters, arms, curves] = row as [string, string, number | null, string[], string[]]
    return {
      stage,
      port: 'network',
      architecture: i === 0 ? 'spatial-transformer' : '',
      parameters,
      seed: 1_952_997_468 + i,
      runtime: i === 1 ? null : { backend: 'tensorflow', version: '2.21.0', precision: 'fp32' },
      machine,
      seen: [
        { product, role: 'training', part: 'train', films: 487, patients: 487, positives: 164 },
        ...(i === 3 ? [{ product, role: 'tuning', part: 'test', films: 1, patients: null, positives: null }] : []),
        ...(i === 2 ? [{ product, role: 'donor', part: '', films: 12, patients: 12, positives: 0 }] : []),
      ],
      arms,
      builtOn: i === 1 ? ['fit-abnormal-to-normal', 'fit-detector[attention=on]'] : [],
      curves,
      layouts: ['phantom'],
    }
  })

const part = (films: number, normal: number, opacity: number): ReportInput['cohorts'][number]['whole'] => ({
  films,
  patients: films,
  positives: opacity,
  classes: { Normal: normal, 'Lung Opacity': opacity, 'No Lung Opacity / Not Normal': films - normal - opacity },
  views: { PA: Math.ceil(films / 2), AP: Math.floor(films / 2) - 1, '': 1 },
  sexes: { M: Math.ceil(films / 2), F: Math.floor(films / 2) },
  age: { films: films - 2, least: 18, median: 49.5, most: 89 },
})

export const exampleCohorts = (): ReportInput['cohorts'] => [
  {
    dataset: 'rsna',
    layout: 'phantom',
    attribution: 'The films are phantoms: computed, of no patient.',
    stage: 'read',
    whole: part(800, 296, 270),
    splits: [
      {
        stage: 'split',
        unit: 'patient',
        sealed: true,
        patientsInSeveralParts: 0,
        parts: [
          { part: 'train', ...part(487, 181, 164) },
          { part: 'validation', ...part(89, 33, 30) },
          { part: 'test', ...part(224, 82, 76) },
        ],
      },
    ],
    findings: [],
    size: { height: 64, width: 64, storage: 'uint8' },
    preparation: null,
    left: null,
  },
  {
    dataset: 'target',
    layout: 'nih',
    attribution: 'Films: ChestX-ray14, Wang et al., CVPR 2017.',
    stage: 'read-target',
    whole: {
      ...part(60, 20, 20),
      patients: null,
      classes: Object.fromEntries('abcdefghi'.split('').map((name) => [`class ${name}`, 6])),
      age: null,
    },
    splits: [
      {
        stage: 'split-target',
        unit: 'film',
        sealed: false,
        patientsInSeveralParts: null,
        parts: [{ part: 'test', ...part(60, 20, 20), patients: null, age: null }],
      },
    ],
    findings: [{ finding: 'Effusion', present: 12, absent: 40, uncertain: 3 }],
    size: { height: 64, width: 64, storage: 'uint16' },
    preparation: {
      formats: { png: 58, dicom: 2 },
      least: 900,
      most: 2048,
      bits: { 8: 58, 16: 2 },
      inverted: 1,
      padded: 7,
      wholeDepth: 58,
    },
    left: [
      { why: 'lateral, and laterals are dropped', films: 4 },
      { why: 'cannot be used', films: 1 },
    ],
  },
]
