// A machine in words, as records have it: what equal bytes ask for beside an equal key. For warnings and for what is shown.
import type { Fingerprint } from './Manifest.ts'

export const machineText = ({ cpu, threads, kernels }: Fingerprint): string =>
  `${cpu}, ${threads} thread${threads === 1 ? '' : 's'}${kernels === undefined ? '' : `, kernels: ${kernels}`}`
