// What a `prepare` program is given on its command line. Sides get the same through side.ts.
import type { Settings } from '../Row.ts'
import type { Given } from '../side.ts'

export const settingsOf = <S extends Settings>(): S & Given => JSON.parse(process.argv[2] ?? '{}') as S & Given
