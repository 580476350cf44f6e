// One line of `radiograft doctor`.

export interface Finding {
  readonly what: string
  /** false: a run would fail for want of it; `warning`: it runs, and something should be mended */
  readonly ok: boolean | 'note' | 'warning'
  readonly says: string
}
