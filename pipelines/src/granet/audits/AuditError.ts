// What an audit was not given, and where to get it.

export class AuditError extends Error {
  readonly _tag = 'AuditError'
  readonly audit: string
  constructor(audit: string, problem: string) {
    super(`${audit}: ${problem}`)
    this.name = 'AuditError'
    this.audit = audit
  }
}
