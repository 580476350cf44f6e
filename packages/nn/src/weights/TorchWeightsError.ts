// Weights that are not those of this network: what is missing, what is too much and what has another shape, all at once.
// Used by the import of torch's weights here and in backbones.
import { nearestName } from './nearestName.ts'

export type TorchWeightProblem = {
  /** torch's name of the tensor */
  readonly tensor: string
  readonly problem: 'missing' | 'extra' | 'shape' | 'dtype'
  /** what is there and what was expected; a near name; empty for extra ones */
  readonly detail: string
}

/** Problems that the message lists; the rest are counted. */
const LISTED = 12

/** The part before every missing name under which the file has it, such as `module.`, if there is one. */
const commonPrefix = (missing: readonly string[], extra: readonly string[]): string | undefined => {
  const [first] = missing
  if (first === undefined) return undefined
  const names = new Set(extra)
  return extra
    .filter((name) => name.endsWith(`.${first}`))
    .map((name) => name.slice(0, name.length - first.length))
    .find((prefix) => missing.every((name) => names.has(prefix + name)))
}

/** Missing names, each with the unused name of the file that it may have been called. */
export const missingProblems = (missing: readonly string[], extra: readonly string[]): TorchWeightProblem[] =>
  missing.map((tensor, i) => {
    // a file of another network may have thousands of names: only those that the message lists are worth the search
    const near = i < LISTED ? nearestName(tensor, extra.slice(0, 1000)) : undefined
    return { tensor, problem: 'missing', detail: near === undefined ? '' : `did you mean '${near}'?` }
  })

export class TorchWeightsError extends Error {
  readonly _tag = 'TorchWeightsError'
  override readonly name = 'TorchWeightsError'
  /** the file or network concerned, as the caller calls it */
  readonly source: string
  readonly problems: readonly TorchWeightProblem[]
  readonly recovery: string

  constructor(source: string, problems: readonly TorchWeightProblem[]) {
    const named = (problem: TorchWeightProblem['problem']): string[] =>
      problems.filter((p) => p.problem === problem).map((p) => p.tensor)
    const [missing, extra] = [named('missing'), named('extra')]
    const prefix = commonPrefix(missing, extra)
    const recovery =
      prefix === undefined
        ? 'Give the file of the same architecture, map the names with `rename`, or list what to leave out under `ignore`.'
        : `Its names begin with '${prefix}': give that as \`prefix\` where there is such an option, else \`rename: (name) => '${prefix}' + name\`.`
    const counts = [`${missing.length} missing`, `${extra.length} too many`]
    const unfit = problems.length - missing.length - extra.length
    const words = { missing: 'missing', extra: 'too many', shape: 'of another shape', dtype: 'of another type' }
    const listed = problems
      .slice(0, LISTED)
      .map(({ tensor, problem, detail }) => `'${tensor}' is ${words[problem]}${detail && `: ${detail}`}`)
    const rest = problems.length > LISTED ? `; and ${problems.length - LISTED} more` : ''
    super(
      `${source}: these weights do not fit the network (${counts.join(', ')}, ${unfit} unfit). ${listed.join('; ')}${rest}. ${recovery}`,
    )
    this.source = source
    this.problems = problems
    this.recovery = recovery
  }
}
