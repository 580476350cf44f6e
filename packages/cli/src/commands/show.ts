// `radiograft show`: a run, one of its stages, or what a stage made.
import { helpText } from '../arguments/helpText.ts'
import { parseArguments } from '../arguments/parseArguments.ts'
import type { Arguments } from '../arguments/parseArguments.ts'
import { wholeNumber } from '../arguments/wholeNumber.ts'
import { findRun } from '../files/findRun.ts'
import { openRun } from '../open/openRun.ts'
import { stageAndPort } from '../open/stageNamed.ts'
import { drawingFor } from '../show/drawPicture.ts'
import type { Drawing } from '../show/drawPicture.ts'
import { portFlags, refuseIdle } from '../show/idleFlags.ts'
import { showArms } from '../show/showArms.ts'
import { showPort } from '../show/showPort.ts'
import { showRun, statusOf } from '../show/showRun.ts'
import { showStage } from '../show/showStage.ts'
import { jsonText } from '../show/tableFiles.ts'
import type { Terminal } from '../Terminal.ts'
import { UsageError } from '../UsageError.ts'
import { showTable } from './showTable.ts'

const drawings = ['blocks', 'sixel', 'none']

const drawingOf = async (given: Arguments, terminal: Terminal): Promise<Drawing> => {
  const wish = given.get('draw')
  const usual = drawingFor(terminal.live, process.env)
  if (wish === undefined) return usual
  if (!drawings.includes(wish)) {
    const { UnknownNameError } = await import('@radiograft/pipeline')
    throw new UnknownNameError('way to draw', wish, drawings)
  }
  return wish as Drawing
}

export const show = async (argv: ReadonlyArray<string>, terminal: Terminal): Promise<number> => {
  const given = await parseArguments(showTable.flags, argv)
  if (given.has('help')) {
    terminal.out(helpText(showTable))
    return 0
  }
  const [name = 'latest', stage, ...rest] = given.positionals
  if (rest.length > 0) throw new UsageError(`'${rest.join(' ')}' is too many: a run, and <stage> or <stage>.<port>.`)
  if (given.has('csv') && given.has('json')) throw new UsageError('--csv and --json: give one of them.')
  const rows = wholeNumber(given, 'rows', 1, 1_000_000)
  const drawing = await drawingOf(given, terminal)
  const { findWorkspace } = await import('@radiograft/runner')
  const store = given.get('store')
  const run = await openRun(findRun(name, findWorkspace(process.cwd()).runs), store === undefined ? {} : { store })
  const columns = terminal.live ? terminal.columns() : Infinity
  const { paint } = terminal
  const say = (lines: ReadonlyArray<string>): void => terminal.out(`${lines.join('\n')}\n`)
  const json = given.has('json')

  if (stage === undefined) {
    refuseIdle(given, 'a run', [])
    if (json) terminal.out(jsonText({ ...run.record, status: statusOf(run.record), metrics: run.metrics() ?? null }))
    else say(showRun(run, columns, paint))
    return 0
  }
  const { nodes, port } = stageAndPort(run.record.nodes, stage)
  if (nodes.length > 1) {
    refuseIdle(given, 'a list of arms', [])
    if (json) terminal.out(jsonText(nodes))
    else say(showArms(stage, nodes, port, columns, paint))
    return 0
  }
  const opened = run.stage(nodes[0]!.label)
  if (port === undefined) {
    refuseIdle(given, 'a stage', ['rows'])
    if (json) terminal.out(jsonText({ ...opened.record, manifest: await opened.manifest() }))
    else say(await showStage(run, opened, columns, paint, rows))
    return 0
  }
  const output = await opened.output(port)
  const csv = given.has('csv')
  refuseIdle(given, `${output.stage}.${output.port} (${output.kind})`, portFlags(output, csv))
  const text = await showPort(output, {
    rows,
    all: given.has('all'),
    films: given.all('film'),
    as: json ? 'json' : csv ? 'csv' : 'text',
    out: given.get('out'),
    drawing,
    folder: run.folder,
    columns,
    paint,
  })
  terminal.out(text)
  return 0
}
