/** What a rule says of a training so far. A rule looks at logged numbers alone, so it can be asked again of any old run. */
export interface Alarm {
  readonly alarm: boolean
  /** why, with the numbers; empty where there is no alarm */
  readonly reasons: readonly string[]
  /** with an alarm, the last logged step at which nothing was wrong yet: where to go back to; null where there is none */
  readonly lastGood: number | null
}
