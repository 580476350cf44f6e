// The command that makes a run again, from what was resolved: preset, seed, and whatever `--set` changed. Where the films
// lie is for the reader to say: a page holds no path.
import type { ResolvedPipeline } from '@radiograft/pipeline'
import { shellQuoted } from '../text/shellQuoted.ts'

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** @param computed the precision that it ran with, `auto` resolved. @default what the preset says */
export const commandOf = (
  { name, preset, seed, params, axes, axisSources, nodes, datasets, precision = 'fp32' }: ResolvedPipeline,
  computed: string = precision,
): string => {
  const sets = [
    ...params.flatMap(({ name: param, value, source }) => (source === '--set' ? [`${param}=${asText(value)}`] : [])),
    ...Object.entries(axes).flatMap(([axis, values]) =>
      axisSources[axis] === '--set' ? [`${axis}=${values.map(asText).join(',')}`] : [],
    ),
    ...nodes.flatMap(({ id, params: own, paramSources }) =>
      Object.entries(paramSources).flatMap(([param, source]) =>
        source === '--set' ? [`${id}.${param}=${asText(own[param])}`] : [],
      ),
    ),
  ]
  const folders = Object.entries(datasets).filter(([, { layout }]) => layout !== 'phantom')
  const several = Object.keys(datasets).length > 1
  const flags = [
    ...(preset === 'default' ? [] : [`--preset ${shellQuoted(preset)}`]),
    ...folders.map(([dataset]) => `--data ${several ? `${dataset}=` : ''}<folder>`),
    ...(folders.some(([, { skipBad }]) => skipBad) ? ['--skip-bad'] : []),
    ...(folders.some(([, { laterals }]) => laterals === 'drop') ? ['--laterals drop'] : []),
    ...[...new Set(sets)].map((set) => `--set ${shellQuoted(set)}`),
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
    ...(computed === precision ? [] : [`--precision ${computed}`]),
  ]
  return [`npx nx run pipelines:${name}`, ...(flags.length > 0 ? ['--', ...flags] : [])].join(' ')
}
