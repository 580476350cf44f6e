// The copy of an image that the server's page shows before one asks for the whole: at most 256 pixels a side, as WebP.
import { MlflowValueError } from '../errors.ts'

const loadSharp = async () => {
  try {
    return (await import('sharp')).default
  } catch (cause) {
    throw new MlflowValueError(
      'small',
      'given where sharp is not installed (npm install sharp makes it here)',
      'missing',
      { cause },
    )
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
