// sha256 in hex of bytes or text: every digest and key.
import { createHash } from 'node:crypto'

export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
