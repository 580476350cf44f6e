// Whom the texts of a run must not name, told by whoever knows the store: the tracker itself cannot tell an id from a word.

export interface Privacy {
  /** A stage is done whose manifest has this key: its outputs may say which films and patients are in the run. */
  readonly learn: (key: string) => Promise<void>
  /**
   * Who is in the run: `nobody` where its films are of no patient; `unknown` as long as it is not known whom to hide: texts
   * that could name a film then stay where they are.
   */
  readonly whom: () => 'nobody' | 'known' | 'unknown'
  /** The text with pseudonyms for ids, and without paths of this machine. */
  readonly clean: (text: string) => string
}
