// What can go wrong when a run is opened: no record, no such stage (`UnknownNameError`), several arms, nothing made yet.

/** A folder holds no run that can be read. */
export class RunRecordError extends Error {
  readonly _tag = 'RunRecordError'
  readonly folder: string
  constructor(folder: string, detail: string, options?: { readonly cause?: unknown }) {
    super(
      `${folder} holds no run that can be read: ${detail}. Give the folder of a run, one that holds run.json.`,
      options,
    )
    this.name = 'RunRecordError'
    this.folder = folder
  }
}

/** The name of a stage that has a node in several arms. */
export class SeveralArmsError extends Error {
  readonly _tag = 'SeveralArmsError'
  readonly given: string
  readonly labels: ReadonlyArray<string>
  constructor(given: string, labels: ReadonlyArray<string>) {
    super(`'${given}' has ${labels.length} arms in this run: name one of ${labels.join(', ')}.`)
    this.name = 'SeveralArmsError'
    this.given = given
    this.labels = labels
  }
}

/** A stage whose result this run does not have, or whose manifest the store no longer holds. */
export class StageNotKeptError extends Error {
  readonly _tag = 'StageNotKeptError'
  readonly stage: string
  readonly status: string
  constructor(stage: string, status: string, detail: string) {
    super(`there is nothing of stage '${stage}' (${status}): ${detail}`)
    this.name = 'StageNotKeptError'
    this.stage = stage
    this.status = status
  }
}
