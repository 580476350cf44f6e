// The copy of an image that the server's page shows before one asks for the whole: at most 256 pixels a side, as WebP.
import type Sharp from 'sharp'
import { MlflowValueError } from '../errors.ts'

/** In a variable, so that a project without sharp can be bundled. */
const optional = 'sharp'

const loadSharp = async (): Promise<typeof Sharp> => {
  try {
    return ((await import(optional)) as { readonly default: typeof Sharp }).default
  } catch (cause) {
    const wanted = 'given where sharp is not installed (npm install sharp: then it is made here)'
    throw new MlflowValueError('small', wanted, 'missing', { cause })
  }
}

export const smallCopy = async (png: Uint8Array): Promise<Uint8Array> => {
  const sharp = await loadSharp()
  try {
    return await sharp(png).resize(256, 256, { fit: 'inside', withoutEnlargement: true }).webp().toBuffer()
  } catch (cause) {
    throw new MlflowValueError('png', 'a PNG that can be decoded', 'one that sharp cannot read', { cause })
  }
}
