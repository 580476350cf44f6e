// Lists that come in pages, as one that is read as far as it is taken. Used by searches and histories.
import { listOf, textOr, type Fields } from './shape.ts'

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Of the next page; undefined when this is the last one. */
  readonly token: string | undefined
}

/** @param name the field that holds the list */
export const pageOf =
  <A>(name: string, read: (fields: Fields) => A) =>
  (fields: Fields): Page<A> => ({
    items: listOf(fields, name, read),
    token: textOr(fields, 'next_page_token', '') || undefined,
  })

export const allPages = async function* <A>(ask: (token: string | undefined) => Promise<Page<A>>): AsyncGenerator<A> {
  for (let token: string | undefined; ;) {
    const page = await ask(token)
    yield* page.items
    // a server that gives the same page again would be read for ever
    if (page.token === undefined || page.token === token) return
    token = page.token
  }
}
