// Damaged films by the thousand: each gives pixels or a DicomError that names the file, in 5 s and 500 MB, and leaves the
// codecs fit for the next film. Damage is drawn by number, so a finding is repeated by its film and number (see the child).
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import type { FuzzPlan, FuzzReport } from './testing/fuzzDicom.child.ts'

const here = dirname(fileURLToPath(import.meta.url))
const MAX_MS = 5_000
const MAX_MEGABYTES = 500
/** Other work shares the processors, so the clock on the wall is given more than the film. */
const HANGS_AFTER_MS = 30_000

interface Finding {
  readonly film: string
  readonly number: number
  readonly kind: string
  readonly what: string
}

interface Run {
  readonly reports: ReadonlyArray<FuzzReport>
  readonly findings: ReadonlyArray<Finding>
}

/** One child over the plan; ends with it, or with the first film that takes it down. */
const child = async (folder: string, plan: FuzzPlan): Promise<Run & { readonly whole: boolean }> => {
  const loader = pathToFileURL(join(here, '../../../../tools/ts-loader.mjs')).href
  const main = join(here, 'testing/fuzzDicom.child.ts')
  const args = ['--conditions=@radiograft/source', '--import', loader, '--max-old-space-size=400', main, folder]
  const env = { ...process.env, NODE_OPTIONS: '' }
  const running = spawn(process.execPath, [...args, JSON.stringify(plan)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const reports: FuzzReport[] = []
  const findings: Finding[] = []
  let now = { film: plan[0]![0], number: plan[0]![1], kind: 'none' }
  let hangs = false
  const hang = () => {
    hangs = true
    running.kill('SIGKILL')
  }
  let clock = setTimeout(hang, HANGS_AFTER_MS)
  let noise = ''
  running.stderr.on('data', (data: Buffer) => (noise = (noise + data.toString()).slice(-2000)))
  for await (const line of createInterface(running.stdout)) {
    clearTimeout(clock)
    clock = setTimeout(hang, HANGS_AFTER_MS)
    if (!line.startsWith('{')) findings.push({ ...now, what: `printed: ${line}` })
    else {
      const said = JSON.parse(line) as typeof now & Partial<FuzzReport> & { readonly unhandled?: string }
      if (said.unhandled !== undefined) findings.push({ ...now, what: `unhandled: ${said.unhandled}` })
      else now = { film: said.film, number: said.number, kind: said.kind }
      if (said.outcome !== undefined) reports.push(said as FuzzReport)
    }
  }
  const code = await new Promise((done) => {
    if (running.exitCode !== null || running.signalCode !== null) done(running.exitCode ?? running.signalCode)
    else running.on('exit', (exit, signal) => done(exit ?? signal))
  })
  clearTimeout(clock)
  const whole = code === 0
  if (!whole) findings.push({ ...now, what: hangs ? 'hangs' : `took the process down (${String(code)}): ${noise}` })
  else if (noise !== '') findings.push({ ...now, what: `printed: ${noise}` })
  return { reports, findings, whole }
}

/** What is left of the plan after a film that took the process down. */
const rest = (plan: FuzzPlan, film: string, number: number): FuzzPlan => {
  const at = plan.findIndex(([name]) => name === film)
  const [, from, count] = plan[at]!
  const left = from + count - number - 1
  return [...(left > 0 ? [[film, number + 1, left] as const] : []), ...plan.slice(at + 1)]
}

const fuzz = async (folder: string, whole: FuzzPlan): Promise<Run> => {
  const reports: FuzzReport[] = []
  const findings: Finding[] = []
  let plan = whole
  while (plan.length > 0) {
    const one = await child(folder, plan)
    reports.push(...one.reports)
    findings.push(...one.findings)
    const last = one.findings.at(-1)
    plan = one.whole || last === undefined ? [] : rest(plan, last.film, last.number)
  }
  for (const { film, number, kind, outcome, wrong, ms, megabytes } of reports) {
    if (wrong) findings.push({ film, number, kind, what: outcome })
    if (ms > MAX_MS) findings.push({ film, number, kind, what: `took ${Math.round(ms)} ms` })
    if (megabytes > MAX_MEGABYTES) findings.push({ film, number, kind, what: `took ${Math.round(megabytes)} MB` })
  }
  return { reports, findings }
}

/** Files of `dicom/`, how many times each is damaged; large JPEG 2000 films, of which each takes a second, less often. */
const FILMS: FuzzPlan = [
  ['1.2.276.0.7230010.3.1.4.8323329.6904.1517875201.850819.dcm', 0, 250],
  ['1.3.6.1.4.1.11129.5.5.110503645592756492463169821050252582267888.dcm', 0, 250],
  ['Fake_MONOHR1.dcm', 0, 100],
  ['RG1_J2KI.dcm', 0, 20],
  ['RG3_J2KI.dcm', 0, 30],
  ['RG3_J2KR.dcm', 0, 20],
  ['derived_from_RG1/rg1_half_mono1_deflated.dcm', 0, 240],
  ['derived_from_RG1/rg1_half_mono1_explicitLE.dcm', 0, 240],
  ['derived_from_RG1/rg1_half_mono1_implicitLE.dcm', 0, 240],
  ['derived_from_RG1/rg1_half_mono1_j2kLossless.dcm', 0, 50],
  ['derived_from_RG1/rg1_half_mono1_jpegLosslessSV1.dcm', 0, 160],
  ['derived_from_RG1/rg1_half_mono1_jpegls.dcm', 0, 160],
  ['derived_from_RG1/rg1_half_mono1_rle.dcm', 0, 240],
]

/** Films of the fixture: small, so that damage meets headers and tables, and every syntax is met often. */
const SMALL: FuzzPlan = [
  ['deflated 12 bit', 0, 200],
  ['rle 16 bit signed', 0, 200],
  ['jpeg-ls 8 bit', 0, 300],
  ['jpeg-ls near-lossless 12 bit', 0, 300],
  ['jpeg 2000 8 bit signed', 0, 300],
  ['jpeg 2000 16 bit', 0, 300],
  ['jpeg 2000 lossy 12 bit', 0, 300],
  ['jpeg 2000 in a JP2 file, 3 fragments', 0, 200],
  ['jpeg lossless 12 bit signed, all bits', 0, 300],
  ['big endian 12 bit signed', 0, 200],
  ['jpeg baseline 24 x 40', 0, 300],
]

const summary = ({ reports }: Run) => {
  const outcomes: Record<string, number> = {}
  for (const { outcome } of reports) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return outcomes
}

it.each([
  ['2,000 of real films', FILMS, 2_000],
  ['2,900 of small films in every syntax', SMALL, 2_900],
])(
  '%s',
  async (_, plan, count) => {
    const run = await fuzz(filmsFolder('dicom'), plan)
    expect(run.findings).toEqual([])
    expect(run.reports).toHaveLength(count)
    // damage that is never seen, or that nothing survives, tests nothing
    const { pixels = 0, ...refused } = summary(run)
    expect(pixels).toBeGreaterThan(count / 20)
    expect(count - pixels).toBeGreaterThan(count / 3)
    expect(Object.keys(refused).length).toBeGreaterThan(6)
  },
  900_000,
)
