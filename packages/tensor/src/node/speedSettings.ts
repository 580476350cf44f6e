// What the environment says of how TensorFlow computes, as far as it makes its kernels faster or slower. Part of the key of
// every answer that is kept: one that was measured with oneDNN switched off, say, holds for processes that have it off alone.
// Used by `keptAnswers` and `runtimeInfo`.
//
// The numbers of threads are not here. Stages set them themselves, whatever TF_NUM_INTRAOP_THREADS and its like say, so these
// are not let into a measurement: kernels are timed on all cores that the process may use, as a stage has without `--threads`,
// and the one answer holds for every number of threads; precisions are timed and kept for a number of threads that is asked for.
// ONEDNN_VERBOSE, with which steps are profiled, is not here either: profiled steps are to run on the kernels of others.

type Environment = Readonly<Record<string, string | undefined>>

/** `loadRuntime` turns oneDNN's kernels on on x64, unless TF_ENABLE_ONEDNN_OPTS says else; elsewhere they are off by default. */
export const usesOneDnn = ({ TF_ENABLE_ONEDNN_OPTS: said }: Environment): boolean =>
  said === undefined ? process.arch === 'x64' : said === '1' || said.toLowerCase() === 'true'

/** oneDNN takes both names, its new one first. */
const ofOneDnn = (env: Environment, name: string): string => env[`ONEDNN_${name}`] ?? env[`DNNL_${name}`] ?? ''

/** Equal for processes in which kernels are equally fast: the instruction sets that oneDNN may use, and its precision of sums. */
export const speedSettings = (env: Environment = process.env): ReadonlyArray<unknown> => [
  usesOneDnn(env),
  ...['MAX_CPU_ISA', 'DEFAULT_FPMATH_MODE'].map((name) => ofOneDnn(env, name).toUpperCase()),
]
