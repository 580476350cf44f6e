// The machine that rows are measured on. Rows of two machines never share a table; `id` keeps them apart.
import { availableParallelism, cpus, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'

export interface Machine {
  /** names its file of results: model, cores and instruction sets */
  readonly id: string
  readonly model: string
  readonly cores: number
  readonly memoryGb: number
  /** those that decide how fast a network is: AVX2, AVX-512, BF16, AMX */
  readonly instructions: ReadonlyArray<string>
  readonly platform: string
}

const sets: ReadonlyArray<readonly [flag: string, name: string]> = [
  ['avx2', 'AVX2'],
  ['avx512f', 'AVX-512'],
  ['avx512_vnni', 'AVX-512 VNNI'],
  ['avx512_bf16', 'AVX-512 BF16'],
  ['amx_bf16', 'AMX BF16'],
]

const flags = (): ReadonlySet<string> => {
  try {
    return new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.trim().split(' '))
  } catch {
    return new Set() // not Linux
  }
}

export const thisMachine = (): Machine => {
  const model = (cpus()[0]?.model ?? 'unknown processor').replace(/\s+/g, ' ').trim()
  const cores = availableParallelism()
  const has = flags()
  const instructions = sets.filter(([flag]) => has.has(flag)).map(([, name]) => name)
  const id = [model, `${cores} cores`, instructions.at(-1) ?? '']
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')
  const memoryGb = Math.round(totalmem() / 1e9)
  return { id, model, cores, memoryGb, instructions, platform: `${process.platform} ${process.arch}` }
}

/** Whether the processor computes in bfloat16; others emulate it, many times slower. */
export const hasBf16 = ({ instructions }: Machine): boolean => instructions.some((name) => name.endsWith('BF16'))
