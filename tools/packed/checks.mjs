// Checks, each one line, counted. Used by run.mjs.

let passed = 0
const failures = []

/**
 * @param body returns a note to print, or throws what is wrong
 * @returns whether it passed
 */
export const check = async (name, body) => {
  const started = performance.now()
  const { note, error } = await body().then(
    (note) => ({ note }),
    (error) => ({ error }),
  )
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7)
  if (error === undefined) {
    passed++
    console.log(`ok      ${seconds}  ${name}${note ? `: ${note}` : ''}`)
  } else {
    failures.push(name)
    const said = String(error.message ?? error)
      .split('\n')
      .slice(0, 30)
    console.log([`FAILED  ${seconds}  ${name}`, ...said].join('\n        '))
  }
  return error === undefined
}

/** Fails with these lines, if there are any. */
export const none = (problems) => {
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

export const totals = () => ({ passed, failures })
