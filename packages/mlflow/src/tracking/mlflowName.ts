// Names of our metrics and parameters as MLflow takes them, readable where a sign of ours has a plain twin.
import { metricName } from '../metricName.ts'

const twins: Readonly<Record<string, string>> = { '−': '-', '–': '-', '×': 'x', '#': '-', '%': 'percent' }

/** `attention − control/test/ap` is `attention - control/test/ap`; what has no twin is named as `metricName` does. */
export const mlflowName = (name: string): string =>
  metricName(name.replaceAll(/[−–×#%]/g, (sign) => twins[sign] ?? sign))
