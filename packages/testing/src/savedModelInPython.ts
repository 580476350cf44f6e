// Runs an exported SavedModel in Python's TensorFlow. Used by the tests of kind `tensorflow`, which need TENSORFLOW_PYTHON:
// a Python with tensorflow-cpu 2.21.0.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface PythonTensor {
  /** numpy's name */
  readonly dtype: string
  readonly shape: ReadonlyArray<number>
  readonly values: ReadonlyArray<number>
}

const SCRIPT = `
import json, sys, numpy as np, tensorflow as tf
folder, given, optimiser, threads = sys.argv[1:]
tf.config.optimizer.set_experimental_options({'disable_meta_optimizer': optimiser == 'off'})
tf.config.threading.set_intra_op_parallelism_threads(int(threads))
f = tf.saved_model.load(folder).signatures['serving_default']
given = json.load(open(given))
out = f(**{k: tf.constant(np.array(v['values'], v['dtype']).reshape(v['shape'])) for k, v in given.items()})
print(json.dumps({k: {'dtype': v.dtype.name, 'shape': v.shape.as_list(), 'values': np.asarray(v, np.float64).ravel().tolist()} for k, v in out.items()}))
`

/**
 * Outputs of the signature `serving_default`.
 * @param optimiser TensorFlow's graph optimiser: Python has it on, which moves last bits. Off, results are this program's
 * @param threads within an op, as in this process
 */
export const savedModelInPython = (
  folder: string,
  inputs: Readonly<Record<string, PythonTensor>>,
  { optimiser, threads }: { readonly optimiser: 'on' | 'off'; readonly threads: number },
): Readonly<Record<string, PythonTensor>> => {
  const python = process.env['TENSORFLOW_PYTHON']
  if (python === undefined) throw new Error('set TENSORFLOW_PYTHON to a Python with tensorflow-cpu 2.21.0')
  const scratch = mkdtempSync(join(tmpdir(), 'radiograft-python-'))
  try {
    const given = join(scratch, 'inputs.json')
    writeFileSync(given, JSON.stringify(inputs))
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_ENABLE_ONEDNN_OPTS: '1' }
    const options = { env, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] as Array<'ignore' | 'pipe'> }
    const answer = execFileSync(python, ['-c', SCRIPT, folder, given, optimiser, String(threads)], options)
    return JSON.parse(answer.toString()) as Record<string, PythonTensor>
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
