// Carries operations out on the tracking server. Points are gathered and sent together; every text is cleaned on its way
// out, here and nowhere else. Everything may be repeated: runs are made by id, points keep their times.
import type { RunRecord } from '@radiograft/artefact-store'
import { MlflowRefusedError, MlflowValueError } from '../errors.ts'
import { metricName } from '../metricName.ts'
import type { MlflowClient } from '../MlflowClient.ts'
import type { MetricPoint } from '../Run.ts'
import { computedStages } from './computedStages.ts'
import { sendFigures } from './deliverFigures.ts'
import { deliverArtifacts, deliverMetrics } from './deliverResults.ts'
import { endTime } from './endTime.ts'
import { mlflowName } from './mlflowName.ts'
import { pipeline } from './Operation.ts'
import type { Operation, RunLabel } from './Operation.ts'
import type { Privacy } from './Privacy.ts'
import { runGone } from './runGone.ts'
import type { Continued } from './TrackingState.ts'
import { stageFigures } from './figuresOf.ts'

type Of<Tag extends Operation['_tag']> = Extract<Operation, { readonly _tag: Tag }>

export interface DeliveryGiven {
  readonly client: MlflowClient
  readonly folder: string
  readonly privacy: Privacy
  readonly experimentId: string
  /** known from before; ids of runs that are made are added */
  readonly runs: Map<RunLabel, string>
  /** is told what the server would not take */
  readonly onRefused: (what: string) => void
  /** stages that were taken over from earlier runs: what the server had of them then; taken-over ones are added */
  readonly continued: Map<RunLabel, Continued>
  /** sends what is unsent of an earlier run, so that it is there, and closed, before one of its stages is taken over */
  readonly settleRun: (run: string) => Promise<void>
}

export interface Delivery {
  /** @param isNew it was never tried before, so that no run of it can be there */
  readonly deliver: (record: RunRecord, operation: Operation, isNew: boolean) => Promise<void>
  /** Sends the points that have been gathered. */
  readonly flush: () => Promise<void>
  /** Forgets them: they will be delivered again. */
  readonly drop: () => void
}

const withheld = 'kept in the run folder, since it may name a film'

/** Refused for what it says: the rest may still be taken. Anything else concerns the whole connection. */
const isAboutContent = (error: unknown): boolean =>
  error instanceof MlflowValueError ||
  (error instanceof MlflowRefusedError && error.errorCode === 'INVALID_PARAMETER_VALUE')

/** The run that was taken over has it, from before it was stopped. */
const isThere = (known: Continued | undefined, { key, step }: MetricPoint): boolean =>
  known !== undefined && step > known.resumedAt && step <= (known.steps[key] ?? -1)

const labelOf = (operation: Operation): RunLabel => ('label' in operation ? operation.label : pipeline)

/** What of a run is to be sent next. */
interface Gathered {
  readonly points: MetricPoint[]
  params: Readonly<Record<string, string>>
  tags: Readonly<Record<string, string>>
}

export const makeDelivery = (given: DeliveryGiven): Delivery => {
  const { client, privacy, experimentId, runs, onRefused, continued, settleRun } = given
  const { clean } = privacy
  const gathered = new Map<RunLabel, Gathered>()
  const of = (label: RunLabel): Gathered => {
    const known = gathered.get(label) ?? { points: [], params: {}, tags: {} }
    gathered.set(label, known)
    return known
  }
  /** names are few and points are many */
  const names = new Map<string, string>()
  const originOf = computedStages(client)

  /** of the runs that were made here; the server knows the others' */
  const startTimes = new Map<RunLabel, number>()
  /** labels whose runs were begun here */
  const made = new Set<RunLabel>()
  const takenOver = new Map<RunLabel, boolean>()
  /** stages whose figures are in the run that computed them, one click away */
  const linked = new Set<RunLabel>()

  const cleanValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, clean(value)]))
  const cleanKey = (name: string): string => {
    let key = names.get(name)
    if (key === undefined) names.set(name, (key = mlflowName(clean(name))))
    return key
  }

  /** Rejects when what was refused was so because the run is not there any more. */
  const endIfGone = async (label: RunLabel, error: unknown): Promise<void> => {
    const gone = await runGone(client, error, { experimentId, runId: runs.get(label) })
    if (gone) throw gone
  }
  const unlessGone = async (label: RunLabel, act: () => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      await endIfGone(label, error)
      throw error
    }
  }

  /** Does it unless the server refuses what it says, which is remembered and passed over. */
  const unlessRefused = async (label: RunLabel, what: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      if (!isAboutContent(error)) throw error
      await endIfGone(label, error)
      onRefused(`${what}: ${(error as Error).message}`)
    }
  }

  /** One point that the server will not take must not keep the others away. */
  const sendPoints = async (label: RunLabel, id: string, points: ReadonlyArray<MetricPoint>): Promise<void> => {
    try {
      await client.logBatch(id, { metrics: points })
    } catch (error) {
      if (!isAboutContent(error)) throw error
      if (points.length === 1) return unlessRefused(label, `metric ${points[0]!.key}`, () => Promise.reject(error))
      await endIfGone(label, error)
      const half = points.length >> 1
      await sendPoints(label, id, points.slice(0, half))
      await sendPoints(label, id, points.slice(half))
    }
  }
  /** In one request; one by one when the server will not take something of it. */
  const flushRun = async (label: RunLabel): Promise<void> => {
    const sending = gathered.get(label)
    gathered.delete(label)
    const id = runs.get(label)
    if (!sending || id === undefined) return
    const { points, params, tags } = sending
    try {
      await client.logBatch(id, { metrics: points, params, tags })
    } catch (error) {
      if (!isAboutContent(error)) throw error
      await unlessRefused(label, `parameters of ${label || 'the run'}`, () => client.logBatch(id, { params }))
      await unlessRefused(label, `tags ${Object.keys(tags).join(', ')}`, () => client.setTags(id, tags))
      if (points.length > 0) await sendPoints(label, id, points)
    }
  }

  /** Whether a later run has taken a stage's run over: what this one still has to say of it, it has said itself. */
  const isTakenOver = async (label: RunLabel, id: string, run: string): Promise<boolean> => {
    const known = takenOver.get(label)
    if (known !== undefined) return known
    const over = !made.has(label) && (await client.getRun(id)).tags['radiograft.run'] !== clean(run)
    takenOver.set(label, over)
    return over
  }

  /** The run of a stage that an earlier run began, taken over; its points stay. */
  const takeOver = async (
    { label, tags }: Of<'begin'>,
    id: string,
    parent: string | undefined,
    before: string,
  ): Promise<void> => {
    await client.updateRun(id, { status: 'RUNNING' })
    await client.setTags(id, {
      ...cleanValues(tags),
      ...(parent !== undefined && { 'mlflow.parentRunId': parent }),
      'radiograft.continues': clean(before),
    })
    const { metrics } = await client.getRun(id)
    const steps = Object.fromEntries(Object.values(metrics).map(({ key, step }) => [key, step]))
    continued.set(label, { resumedAt: 0, steps })
  }

  const begin = async (operation: Of<'begin'>, { run }: RunRecord, isNew: boolean): Promise<void> => {
    const { label, name, at, tags, params, datasets, continues } = operation
    const known = runs.get(label)
    const parent = label === pipeline ? undefined : runs.get(pipeline)
    if (known !== undefined && label !== pipeline && (await isTakenOver(label, known, run))) return
    if (known === undefined && continues) await settleRun(continues.run)
    const id =
      known ??
      (await client.createRun({
        experimentId,
        name: clean(name),
        startTime: at,
        // a stage that goes on has the run that it was begun in
        id: metricName(label === pipeline ? run : `${continues?.run ?? run}/${continues?.label ?? label}`),
        ...(parent !== undefined && { parent }),
        tags: cleanValues(tags),
        isNew: isNew && !continues,
      }))
    if (known === undefined && continues) {
      const { 'radiograft.run': owner } = (await client.getRun(id)).tags
      if (owner !== undefined && owner !== run && owner !== continues.run) await settleRun(owner)
      await takeOver(operation, id, parent, owner ?? continues.run)
    }
    runs.set(label, id)
    made.add(label)
    if (known === undefined && !continues) startTimes.set(label, at)
    linked.delete(label)
    if (known !== undefined) {
      // begun before: kept then and computed now, or sent once more
      await client.updateRun(id, { status: 'RUNNING' })
      await client.setTags(id, cleanValues(tags))
    }
    of(label).params = cleanValues(params)
    if (datasets.length > 0) await unlessRefused(label, `datasets of ${name}`, () => client.logInputs(id, datasets))
  }

  const origin = async ({ label, key, run, note }: Of<'origin'>): Promise<void> => {
    const found = await originOf(key, run)
    if (!found) return
    const link = `by [${found.name}](#/experiments/${found.experimentId}/runs/${found.runId}) of run ${run}`
    linked.add(label)
    setTags(label, { 'radiograft.computed_by': found.runId, 'mlflow.note.content': note.replace('{origin}', link) })
  }

  const setTags = (label: RunLabel, tags: Readonly<Record<string, string>>): void => {
    const sending = of(label)
    sending.tags = { ...sending.tags, ...cleanValues(tags) }
  }

  const tellError = ({ label, message, readsDataset }: Of<'error'>): void => {
    const whom = privacy.whom()
    const told = whom === 'nobody' || (whom === 'known' && !readsDataset)
    // what follows are paths of this machine
    const [text] = message.split('\n  inputs: ')
    setTags(label, { 'radiograft.error': told ? text! : withheld })
  }

  const endOf = async (id: string, { label, at, seconds }: Of<'end'>): Promise<number> =>
    endTime(startTimes.get(label) ?? (await client.getRun(id)).startTime, at, seconds)

  const carryOut: Delivery['deliver'] = async (record, operation, isNew) => {
    if (operation._tag === 'begin') return begin(operation, record, isNew)
    const label = labelOf(operation)
    const id = runs.get(label)
    if (id === undefined) return
    if (label !== pipeline && (await isTakenOver(label, id, record.run))) return
    switch (operation._tag) {
      case 'point': {
        const point = { ...operation.point, key: cleanKey(operation.point.key) }
        if (!isThere(continued.get(label), point)) of(label).points.push(point)
        return
      }
      case 'resumed': {
        const known = continued.get(label)
        if (known) continued.set(label, { ...known, resumedAt: operation.step })
        return setTags(label, { 'radiograft.resumed_at': String(operation.step) })
      }
      case 'tags':
        return setTags(label, operation.tags)
      case 'error':
        return tellError(operation)
      case 'origin':
        return origin(operation)
      case 'figures': {
        if (linked.has(label) || privacy.whom() === 'unknown') return
        const figures = (await stageFigures(record.store, operation.key)) ?? []
        return unlessRefused(label, `figures of ${label}`, () =>
          sendFigures({ client, clean, runId: id, figures, at: operation.at }),
        )
      }
      case 'results':
        return unlessRefused(label, 'results', () => deliverMetrics(given, record, operation.at))
      case 'artifacts':
        return unlessRefused(label, 'report and figures', () => deliverArtifacts(given, record, operation.at))
      case 'end':
        await flushRun(label)
        return client.updateRun(id, { status: operation.status, endTime: await endOf(id, operation) })
    }
  }
  return {
    deliver: (record, operation, isNew) => unlessGone(labelOf(operation), () => carryOut(record, operation, isNew)),
    flush: async () => {
      for (const label of gathered.keys()) await unlessGone(label, () => flushRun(label))
    },
    drop: () => gathered.clear(),
  }
}
