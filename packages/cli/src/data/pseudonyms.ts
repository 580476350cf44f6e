// Patients by another name: what reports, logs and tables show in place of a patient's id. Keyed by a secret of the
// project, so that nobody outside can try all ids and find whom a name stands for; the same patient keeps one name within
// a project. Used by `radiograft data`.
import { createHmac, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeWritable } from '../files/runFolders.ts'

/** 32 random bytes in hexadecimal, made when first needed; of two processes that make one, one wins. */
const secretIn = (store: string): string => {
  const file = join(store, 'patient-key')
  const read = (): string | undefined => {
    try {
      return readFileSync(file, 'utf8')
    } catch {
      return undefined
    }
  }
  const known = read()
  if (known !== undefined) return known
  makeWritable(store, 'the store', '--store')
  const own = `${file}.${process.pid}.tmp`
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch {
    // another process was first: its secret is read below
  }
  rmSync(own)
  const made = read()
  if (made === undefined) throw new Error(`${file} cannot be written: patients' ids would be shown as they are.`)
  return made
}

/** A patient's id → `patient-` and twelve hexadecimal digits of HMAC-SHA-256 under the secret of the store. */
export const patientPseudonyms = (store: string): ((patient: string) => string) => {
  const secret = secretIn(store)
  return (patient) => `patient-${createHmac('sha256', secret).update(patient).digest('hex').slice(0, 12)}`
}
