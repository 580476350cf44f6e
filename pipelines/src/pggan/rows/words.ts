// Names of settings that rows P1 to P11 may print: those that the compiler knows.
import type { fitClassifier } from '@radiograft/classifiers/stages'
import type { fitDcgan, fitProgressive, sampleFilms } from '@radiograft/gan-models/stages'
import type { measureDistribution, measureMemorisation, measureVariety, plantCopies } from '@radiograft/metrics/stages'
import type { Choice } from '../../rows/PaperRow.ts'
import type { searchLatents } from '../searchLatents.ts'

type Of<Id extends string, S extends { readonly params: object }> = `${Id}.${keyof S['params'] & string}`

/** A parameter of a node of the pipeline, `<node>.<parameter>`. */
type SettingName =
  | Of<'fit-progressive', typeof fitProgressive>
  | Of<'fit-dcgan', typeof fitDcgan>
  | Of<'fit-classifier', typeof fitClassifier>
  | Of<'sample-films', typeof sampleFilms>
  | Of<'measure-distribution', typeof measureDistribution>
  | Of<'measure-variety', typeof measureVariety>
  | Of<'measure-memorisation', typeof measureMemorisation>
  | Of<'plant-copies', typeof plantCopies>
  | Of<'search-latents', typeof searchLatents>

/** chosen`batch ${'fit-progressive.batch'}` */
export const chosen = (parts: TemplateStringsArray, ...settings: ReadonlyArray<SettingName>): Choice => ({
  parts,
  settings,
})
