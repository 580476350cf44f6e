/**
 * Pseudo-abnormal films and what they are compared with (rows G22, G30, G31): the nearest abnormal film lends its lesion to a
 * film without, Poisson blending and a second radio-realistic GAN make it fit. Every control has the same hosts, the same
 * boxes and the same number of films.
 *
 * nearest abnormal ─┬─ graft lesion ─ fit realistic GAN ─ pseudo-abnormal films
 *                   ├─ nearest content ─ graft null (normal lung under the lesion's label)
 *                   └─ repeat positives, tables of boxes and labels
 */
import type { Build, Films, Provenance, Ref } from '@radiograft/pipeline'
import { graftLesion, nearestAbnormal, nearestNormal, repeatPositives, syntheticTables } from '@radiograft/blend/stages'
import { fitRealistic, generate } from '@radiograft/gan-models/stages'
import type { Arm } from '../arms.ts'
import type { GanParams, Study } from './Study.ts'

interface HostParams {
  readonly negativeHosts: boolean
  readonly mostHosts: number
  /** who lends */
  readonly donors: 'nearest' | 'spread'
}

/** Grafts, before any generator. */
export const lesionGrafts = (g: Build, { films, boxes, who }: Study, p: HostParams) => {
  const { split } = who
  const lent = g(
    'nearest-abnormal',
    nearestAbnormal,
    { films, boxes, ...who },
    { hosts: p.negativeHosts ? 'negatives' : 'normal', most: p.mostHosts, donors: p.donors },
  )
  const { pairs } = lent
  const lesions = g('graft-lesion', graftLesion, { films, boxes, split, pairs })
  const tables = g('synthetic-tables', syntheticTables, { films, boxes, ...who, pairs })
  // who lends healthy lung under a lesion's box
  const contents = g('nearest-content', nearestNormal, { films, boxes, ...who, hosts: pairs })
  const nulls = g('graft-null', graftLesion, { films, boxes, split, pairs, contents: contents.pairs })
  return { lent, lesions, tables, contents, nulls }
}
export type LesionGrafts = ReturnType<typeof lesionGrafts>

/** The second radio-realistic GAN, whose reals are abnormal films (G30), applied to films of lesions. */
const realisticLesions = (g: Build, { films, who }: Study, { lesions, tables }: LesionGrafts, gan: GanParams) => {
  const fitted = g(
    'fit-realistic-abnormal',
    fitRealistic,
    { films, blended: lesions.blended, ...who, blendedSplit: tables.split },
    { ...gan, reals: 'abnormal' },
  )
  const { generator } = fitted
  const made = g('pseudo-abnormal', generate, { films: lesions.blended, generator }, { size: 'film' })
  return { ...fitted, films: made.films }
}
export type RealisticLesions = ReturnType<typeof realisticLesions>

/** The films that an arm adds to the real ones, with their boxes and labels, and whom they come from. */
export const addedFilms = (
  g: Build,
  study: Study,
  grafts: LesionGrafts,
  params: GanParams,
  kind: NonNullable<Arm['synthesis']>,
) => {
  const { films, boxes, who } = study
  const { lent, lesions, tables, contents, nulls } = grafts
  const seen: ReadonlyArray<Ref<typeof Provenance>> = [lent.provenance]
  const of = (added: Ref<typeof Films>, more: typeof seen = [], given = tables, gan?: RealisticLesions) => ({
    films: added,
    tables: given,
    provenance: [...seen, ...more],
    gan,
  })
  switch (kind) {
    case 'poisson':
      return of(lesions.blended)
    case 'paste':
      return of(lesions.pasted)
    case 'repeat':
    case 'repeat-spread':
      return of(g('repeat-positives', repeatPositives, { films, split: who.split, pairs: lent.pairs }).films)
    case 'null':
      return of(nulls.blended, [contents.provenance])
    case 'realistic':
    case 'spread':
    case 'unlabelled': {
      const gan = realisticLesions(g, study, grafts, params)
      const asHost = () =>
        g('synthetic-tables', syntheticTables, { films, boxes, ...who, pairs: lent.pairs }, { label: 'host' })
      return of(gan.films, [gan.provenance], kind === 'unlabelled' ? asHost() : tables, gan)
    }
  }
}
