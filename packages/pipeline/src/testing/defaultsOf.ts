import { Schema } from 'effect'
import { paramsSchema } from '../Param.ts'
import type { Params, ParamValues } from '../Param.ts'

/** A stage's parameters as a run would decode them: its defaults, replaced by those given; throws where one is wrong. */
export const defaultsOf = <P extends Params>(stage: { readonly params: P }, given: object = {}): ParamValues<P> =>
  Schema.decodeUnknownSync(paramsSchema(stage.params))(given) as ParamValues<P>
