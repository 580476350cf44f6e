// What `provision` throws: one error that names everything that is missing and what to install, so that a
// newcomer reads one message and not a compiler's or a downloader's output.

/** One thing the machine lacks, and the way to get it. */
export type MissingPart = {
  /** Such as `python3`, `pip`, `c++ compiler`, `network`, `wheel`, `headers`. */
  readonly part: string
  /** What to install or to set. */
  readonly remedy: string
}

/** The tensor runtime cannot be put in place. `missing` lists every part, not just the first. */
export class ProvisionError extends Error {
  readonly _tag = 'ProvisionError'
  readonly missing: ReadonlyArray<MissingPart>
  constructor(missing: ReadonlyArray<MissingPart>, cause?: unknown) {
    const lines = missing.map(({ part, remedy }) => `  ${part}: ${remedy}`)
    super(
      `the tensor runtime (TensorFlow for Node) cannot be set up; missing:\n${lines.join('\n')}\n` +
        'Or set RADIOGRAFT_LIBTENSORFLOW to a folder that holds libtensorflow and its headers.',
      cause === undefined ? undefined : { cause },
    )
    this.name = 'ProvisionError'
    this.missing = missing
  }
}
