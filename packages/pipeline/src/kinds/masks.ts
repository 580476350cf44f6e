// Masks: one row a film, 1 where any finding of that film is, else 0; films without a finding are left out.
import { valueKind } from '../Kind.ts'
import type { Films, FilmsOut } from './films.ts'

export const Masks = valueKind<Films, FilmsOut>()('masks', { layout: 'films' })
