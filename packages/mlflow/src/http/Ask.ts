// One request, and the function that carries requests out: all that operations know of HTTP.
import type { MlflowRequest } from '../errors.ts'
import type { ArtifactData } from '../MlflowClient.ts'

export interface Ask<A> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** From the server's root, encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly json?: Readonly<Record<string, unknown>>
  readonly data?: ArtifactData
  readonly mediaType?: string
  /** Carried out twice it is the same as once: only then is it sent again when nobody knows whether it was. */
  readonly repeatable: boolean
  /** Milliseconds for a try, when the client's are not meant. */
  readonly timeout?: number
  /** Makes a value of a good answer, or throws what is wrong with it. */
  readonly read: (answer: Response, request: MlflowRequest) => Promise<A>
}

export type Send = <A>(ask: Ask<A>) => Promise<A>
