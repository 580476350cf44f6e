// A parameter of a stage: schema, default, one line of documentation, and where the default comes from. The schema
// decodes values from a pipeline file and from `--set` alike; the source is printed by `--dry-run` and kept in run.json.
import { Effect, Schema } from 'effect'

/** Where a default comes from: a row of the acceptance list, the authors' code, or our own choice. */
export type DefaultSource = 'paper' | 'authors-code' | 'ours'

export interface Param<T> {
  readonly schema: Schema.Codec<T>
  readonly default: T
  readonly doc: string
  readonly source: DefaultSource
  /** row id such as `G13`, where one says it */
  readonly row?: string
}
// oxlint-disable-next-line typescript/no-explicit-any -- the bound of every record of parameters
export type Params = Readonly<Record<string, Param<any>>>
export type ParamValues<P extends Params> = { readonly [k in keyof P]: P[k] extends Param<infer T> ? T : never }

export const param = <T>(
  schema: Schema.Codec<T>,
  given: { readonly default: NoInfer<T>; readonly doc: string; readonly source?: DefaultSource; readonly row?: string },
): Param<T> => ({ source: 'ours', ...given, schema })

/** The Schema of a stage's parameters; absent ones take their defaults. */
export const paramsSchema = (params: Params): Schema.Codec<Readonly<Record<string, unknown>>, unknown> =>
  Schema.Struct(
    Object.fromEntries(
      Object.entries(params).map(([name, p]) => [
        name,
        p.schema.pipe(Schema.withDecodingDefault(Effect.succeed(p.default))),
      ]),
    ),
  )
