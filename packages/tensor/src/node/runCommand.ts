// Runs a program and keeps what it prints, for `provision`: pip, the unpacker, the compiler.
import { spawn } from 'node:child_process'

export type CommandResult = {
  /** The exit status; `null` when the program could not be started. */
  readonly status: number | null
  /** What ended it, if a signal did; its status is then 1. */
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts `command` without a shell and waits for its end. Never rejects: a program that is not there has status null. */
export const runCommand = (
  command: string,
  args: ReadonlyArray<string>,
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', (error) => resolve({ status: null, signal: null, stdout, stderr: stderr + error.message }))
    child.on('close', (code, signal) => resolve({ status: code ?? (signal ? 1 : null), signal, stdout, stderr }))
  })
