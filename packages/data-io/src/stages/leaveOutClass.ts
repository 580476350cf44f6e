// A class kept from whoever trains by this split: the known answer of a generator that cannot make it.
import { Schema } from 'effect'
import { Findings, Labels, optional, param, Split, Stage } from '@radiograft/pipeline'

export const leaveOutClass = Stage.make({
  name: 'leave-out-class',
  doc: 'A split to one whose training part has no film of a class, and to one that has none in any part.',
  rows: ['P4', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    class: param(Schema.String, { default: '', doc: 'as the labels spell it, or the findings where they are wired' }),
  },
  inputs: {
    split: Split,
    labels: Labels,
    /** where wired the class is a finding; films whose tables are not sure of it leave too */
    findings: optional(Findings),
  },
  outputs: {
    split: Split,
    /** films of the class are in no part: what was held out is as what was trained on */
    rest: Split,
  },
  entry: Stage.entry(import.meta.url, './leaveOutClass.run'),
})
