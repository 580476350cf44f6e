import { createHmac } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { patientPseudonyms } from './pseudonyms.ts'

it('one name a patient within a project, another in another project', () => {
  const [here, there] = [emptyFolder('store'), emptyFolder('store')]
  const name = patientPseudonyms(here)
  expect(name('nih-1')).toMatch(/^patient-[0-9a-f]{12}$/)
  expect(patientPseudonyms(here)('nih-1')).toBe(name('nih-1'))
  expect(name('nih-2')).not.toBe(name('nih-1'))
  expect(patientPseudonyms(there)('nih-1')).not.toBe(name('nih-1'))
})

it('is the HMAC under the secret, which only its owner reads', () => {
  const store = emptyFolder('store')
  writeFileSync(join(store, 'patient-key'), 'secret')
  // RFC 2104 by node's own: what matters is which key and how much is shown
  const whole = createHmac('sha256', 'secret').update('nih-1').digest('hex')
  expect(patientPseudonyms(store)('nih-1')).toBe(`patient-${whole.slice(0, 12)}`)
  const made = join(emptyFolder('store'), 'deep')
  patientPseudonyms(made)
  expect(statSync(join(made, 'patient-key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(made, 'patient-key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
})

it('a store that cannot be written is an error, never a plain id', () => {
  const file = join(emptyFolder('store'), 'file')
  writeFileSync(file, '')
  expect(() => patientPseudonyms(join(file, 'store'))).toThrow(/the store .*file.* cannot be used: .*is a file/)
})
