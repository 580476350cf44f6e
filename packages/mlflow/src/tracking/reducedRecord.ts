// run.json as it leaves this machine: without its paths, its command line (which holds them) and the name of its machine.
import type { RunRecord } from '@radiograft/artefact-store'

/** Still to be cleaned of ids, as every text is. */
export const reducedRecord = (record: RunRecord): string => {
  const { command: _command, store: _store, process: _process, error: _error, ...rest } = record
  const nodes = rest.nodes.map(({ log: _log, ...node }) => node)
  return `${JSON.stringify({ ...rest, nodes }, undefined, 2)}\n`
}
