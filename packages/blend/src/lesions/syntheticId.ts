/**
 * Ids of pseudo-abnormal films (G22): `<host>+<donor>`, the film that receives a lesion and the one that lends it. The
 * stages make them; whoever draws or counts synthetic films takes them apart again.
 */
import { BlendError } from '../BlendError.ts'

const assertPart = (argument: string, id: string): void => {
  if (id === '' || id.includes('+'))
    throw new BlendError(argument, `“${id}” cannot be part of a synthetic film's id: rename the film, without “+”`)
}

/** @throws BlendError when one of the two is empty or holds a `+` */
export const syntheticId = (host: string, donor: string): string => {
  assertPart('host', host)
  assertPart('donor', donor)
  return `${host}+${donor}`
}

/** @throws BlendError when the id is not one that `syntheticId` makes, such as that of a real film */
export const parseSyntheticId = (id: string): { readonly host: string; readonly donor: string } => {
  const [host, donor, ...more] = id.split('+')
  if (!host || !donor || more.length > 0)
    throw new BlendError('id', `“${id}” is not the id of a synthetic film, which is <host>+<donor>`)
  return { host, donor }
}
