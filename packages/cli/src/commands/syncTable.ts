// What `radiograft sync` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const syncTable: CommandTable = {
  name: 'sync',
  line: 'send runs to an MLflow server that it has not yet, or not wholly',
  positionals: [{ name: '[run|folder|latest]', values: 'run' }],
  flags: [
    { name: 'all', doc: 'every run of this workspace, also those that were never meant for a server' },
    { name: 'uri', value: '<address>', doc: 'the server (default: MLFLOW_TRACKING_URI)' },
    {
      name: 'store',
      value: '<dir>',
      doc: 'where the runs’ artefacts are (default: where each run says), for runs copied from another machine',
    },
    helpFlag,
  ],
  about: [
    'Sends the journals of runs: parameters, points, figures, the report. Without a name, of every run that was begun with',
    'MLFLOW_TRACKING_URI set and is not all there, because the server was away or the process was killed. A run that was',
    'killed is ended as KILLED. Nothing is sent twice. Films and patients go out under pseudonyms, paths not at all.',
  ],
  after: ['The exit code is 1 when the server cannot be reached; what was sent until then counts.'],
  examples: [
    'sync',
    'sync latest --uri http://127.0.0.1:5000',
    'sync --all',
    'sync ~/copied/20261124-051203-granet-quick-9f3a',
  ],
}
