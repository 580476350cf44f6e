// Parameters as they are at this moment, told apart from any others: a search of latents holds the generator to them.
import type { Params } from '@radiograft/nn'

/**
 * SHA-256 of each parameter's type, shape and bytes.
 * @returns by name, in hexadecimal
 */
export const paramsDigest = async (params: Params): Promise<Readonly<Record<string, string>>> => {
  const digests: Record<string, string> = {}
  for (const [name, tensor] of Object.entries(params)) {
    const values = await tensor.data<'float32'>()
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    const head = new TextEncoder().encode(JSON.stringify([tensor.dtype, tensor.shape]))
    const whole = new Uint8Array(head.length + bytes.length)
    whole.set(head)
    whole.set(bytes, head.length)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
    digests[name] = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  return digests
}
