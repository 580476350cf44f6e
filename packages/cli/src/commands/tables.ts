// The tables of all commands, each loaded when it is asked for. Used by the list of commands, by `help`, by completion and by
// the test that walks them.
import type { CommandTable } from '../arguments/CommandTable.ts'

export const tables: Readonly<Record<string, () => Promise<CommandTable>>> = {
  run: async () => (await import('./runTable.ts')).runTable,
  metrics: async () => (await import('./metricsTable.ts')).metricsTable,
  show: async () => (await import('./showTable.ts')).showTable,
  compare: async () => (await import('./compareTable.ts')).compareTable,
  sync: async () => (await import('./syncTable.ts')).syncTable,
  profile: async () => (await import('./profileTable.ts')).profileTable,
  data: async () => (await import('./dataTable.ts')).dataTable,
  phantom: async () => (await import('./phantomTable.ts')).phantomTable,
  fid: async () => (await import('./fidTable.ts')).fidTable,
  graft: async () => (await import('./graftTable.ts')).graftTable,
  doctor: async () => (await import('./doctorTable.ts')).doctorTable,
  completion: async () => (await import('./completionTable.ts')).completionTable,
}
