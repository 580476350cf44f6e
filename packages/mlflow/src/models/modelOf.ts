// The registry's records as the server writes them, as values.
import { listOf, integerOr, pairsOf, textOf, textOr, type Fields } from '../answers/shape.ts'
import type { ModelVersion, RegisteredModel } from '../ModelVersion.ts'

const versionOf = (fields: Fields): string =>
  typeof fields['version'] === 'number' ? String(integerOr(fields, 'version', 0)) : textOf(fields, 'version')

export const registeredModelOf = (fields: Fields): RegisteredModel => ({
  name: textOf(fields, 'name'),
  description: textOr(fields, 'description', ''),
  tags: pairsOf(fields, 'tags'),
  aliases: Object.fromEntries(listOf(fields, 'aliases', (alias) => [textOf(alias, 'alias'), versionOf(alias)])),
})

export const modelVersionOf = (fields: Fields): ModelVersion => {
  const runId = textOr(fields, 'run_id', '')
  const aliases = fields['aliases']
  return {
    name: textOf(fields, 'name'),
    version: versionOf(fields),
    status: textOr(fields, 'status', ''),
    source: textOr(fields, 'source', ''),
    description: textOr(fields, 'description', ''),
    tags: pairsOf(fields, 'tags'),
    aliases: Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : [],
    ...(runId !== '' && { runId }),
  }
}
