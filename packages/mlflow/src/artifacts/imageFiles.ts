// The two files that an image in a run's charts is, named as the server's page reads them (MLflow 3.17). Used by `logImage`.
import { createHash } from 'node:crypto'
import { checkInteger, checkTime } from '../checks/checks.ts'
import { kindOf } from '../checks/kindOf.ts'
import { MlflowValueError } from '../errors.ts'
import type { RunImage } from '../MlflowClient.ts'

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** The page wants a UUID: made of the content, so that an image logged twice is one image. */
const uuidOf = (png: Uint8Array): string => {
  const hex = createHash('sha256').update(png).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const imageFiles = ({
  key,
  step,
  timestamp,
  png,
}: RunImage): { readonly full: string; readonly small: string } => {
  if (typeof key !== 'string' || !/^[a-zA-Z0-9_\-./ ]+$/.test(key))
    throw new MlflowValueError('key', "an image's name: letters a to z, digits, _ - . / and spaces", kindOf(key))
  if (!(png instanceof Uint8Array) || pngSignature.some((byte, i) => png[i] !== byte))
    throw new MlflowValueError(
      'png',
      'the bytes of a PNG file',
      png instanceof Uint8Array ? 'other bytes' : kindOf(png),
    )
  const at = `+step+${checkInteger('step', step)}+timestamp+${checkTime('timestamp', timestamp)}+${uuidOf(png)}`
  const stem = `images/${key.replaceAll('/', '~')}${at}`
  const longest = 255 + 'images/'.length - '+compressed.webp'.length
  if (stem.length > longest)
    throw new MlflowValueError('key', `at most ${key.length - (stem.length - longest)} characters long`, kindOf(key))
  return { full: `${stem}.png`, small: `${stem}+compressed.webp` }
}
