// What `radiograft completion` takes.
import type { CommandTable } from '../arguments/CommandTable.ts'
import { helpFlag } from '../arguments/CommandTable.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

export const completionTable: CommandTable = {
  name: 'completion',
  line: 'a script with which a shell completes commands, flags, runs and stages',
  positionals: [{ name: '<bash|zsh|fish>', values: shells }],
  flags: [helpFlag],
  about: [
    'Prints a script for the shell: with it the tab key completes commands, flags and their values, names of pipelines,',
    'presets, runs, stages and ports. Where no program radiograft is installed, the script defines a function of that name.',
  ],
  examples: [
    'source <(npm run --silent radiograft -- completion bash)',
    'source <(npm run --silent radiograft -- completion zsh)',
    'npm run --silent radiograft -- completion fish | source',
  ],
}
